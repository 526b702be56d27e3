import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { raw } from 'hono/utils/html'
import { Picture } from './picture.tsx'
import type { Plan } from './plan.ts'
import { money, number } from './text.ts'

const style = readFileSync(join(import.meta.dirname, 'html.css'), 'utf8')

/** The platform as a picture, like the operators' own, with the plan's figures: one file that needs no other. */
export function pageOf(plan: Plan): string {
  const { stack, institutions, cells, resources, cost, problems } = plan
  const title = `Kura, ${stack}`
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <header>
          <h1>{title}</h1>
          <p>
            {number(institutions)} institutions in {number(cells)} cells, {number(resources.total)} resources,{' '}
            {cost.currency} {money(cost.total)} a month by the list prices of {cost.date}
          </p>
          {problems.length === 0 ? (
            <p class="fits">Everything fits.</p>
          ) : (
            <div class="short">
              <p>What does not fit:</p>
              <ul>
                {problems.map((problem) => (
                  <li>{problem}</li>
                ))}
              </ul>
            </div>
          )}
        </header>
        <main>
          <Picture plan={plan} />
          <Costs plan={plan} />
        </main>
      </body>
    </html>
  )
  return `<!DOCTYPE html>\n${page}\n`
}

function Costs({ plan: { cost } }: { plan: Plan }) {
  return (
    <section class="costs" aria-labelledby="cost">
      <h2 id="cost">What a month costs</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" class="number">
              {cost.currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {cost.parts.map(({ part, monthly }) => (
            <tr>
              <th scope="row">{part}</th>
              <td class="number">{money(monthly)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">together</th>
            <td class="number">{money(cost.total)}</td>
          </tr>
        </tfoot>
      </table>
      <div>
        <h3>Reckoned with</h3>
        <ul>
          {cost.assumptions.map((assumption) => (
            <li>{assumption}</li>
          ))}
        </ul>
        <h3>Not in the sum</h3>
        <ul>
          {cost.unpriced.map((thing) => (
            <li>{thing}</li>
          ))}
        </ul>
      </div>
    </section>
  )
}

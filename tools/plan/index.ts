import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { fromCaller, shown } from '../../app/cli/local.ts'
import { EvaluationError, evaluate } from '../evaluate/index.ts'
import { stackOf } from '../stack.ts'
import { pageOf } from './html.tsx'
import { readUsage } from './institutions.ts'
import { planOf } from './plan.ts'
import { textOf } from './text.ts'

/*
 * `npm run plan -- <stack>`: what a stack takes of its nodes, its databases, Oracle's limits and a month's budget, from
 * its declaration alone. It exits with 1 if something does not fit.
 */
interface Options {
  tenants?: string
  usage?: string
  json: boolean
  html?: string
}

await new Command('plan')
  .description('Says whether what a stack declares fits, and what it costs. Needs no network.')
  .argument('<stack>', 'a stack such as prod, or a file of settings such as Pulumi.trial.yaml')
  .option('--tenants <folder>', "other institutions' files than the stack's own")
  .option('--usage <file>', 'what institutions use, as JSON: {"<id>": {"gib": n, "items": n, "growth": GiB a month}}')
  .option('--json', 'print the plan as JSON', false)
  .option('--html <file>', 'draw the platform with the same figures')
  .action(run)
  .parseAsync()

async function run(given: string, { tenants, usage, json, html }: Options): Promise<void> {
  const { stack, settings } = stackOf(given)
  const began = performance.now()
  try {
    const evaluation = await evaluate({
      stack,
      settings,
      changes: tenants === undefined ? {} : { tenants: fromCaller(tenants) },
    })
    const plan = planOf(evaluation, usage === undefined ? undefined : readUsage(fromCaller(usage)))
    const seconds = (performance.now() - began) / 1000
    if (html !== undefined) {
      writeFileSync(fromCaller(html), pageOf(plan))
      console.error(`Drawn: ${shown(fromCaller(html))}`)
    }
    if (json) {
      const mib = process.resourceUsage().maxRSS / 1024
      console.log(JSON.stringify({ ...plan, evaluation: { seconds, mib } }, null, 2))
    } else console.log(textOf(plan))
    if (plan.problems.length > 0) process.exitCode = 1
  } catch (error) {
    // What the definition itself refuses, such as too few connections, it says in its own words.
    console.error(error instanceof EvaluationError ? error.message : error)
    process.exitCode = 1
  }
}

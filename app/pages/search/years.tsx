import { addressOf, type Found, type Search } from '../../search/index.ts'
import { formatNumber } from '../format.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'

interface YearsProps {
  asked: Search
  counts: NonNullable<Found['counts']>['year']
  page: PageContext
}

const HEIGHT = 40
/** Years in a chart: beyond, a bar would be too narrow to see. */
const MOST_BARS = 80

/** The years of issue as a chart, and a form in which a span of them is typed. */
export function Years({ asked, counts, page }: YearsProps) {
  const words = wordsOf(page)
  const { from, to } = asked
  const fields = new URLSearchParams(addressOf({ ...asked, from: undefined, to: undefined }).split('?')[1])
  const year = (name: 'from' | 'to', label: string) => (
    <label>
      <span class="unseen">{label}</span>
      <input
        name={name}
        type="text"
        inputmode="numeric"
        pattern="[0-9０-９]{4}"
        maxlength={10}
        size={5}
        value={(name === 'from' ? from : to) ?? ''}
        placeholder={label}
      />
    </label>
  )
  return (
    <section class="facet">
      <h3>{words.issued}</h3>
      <Chart counts={counts} page={page} />
      <form class="years" action="/search">
        {[...fields].map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {year('from', words.fromYear)}
        <span aria-hidden="true">–</span>
        {year('to', words.toYear)}
        <button type="submit">{words.narrowTo}</button>
      </form>
    </section>
  )
}

function Chart({ counts, page }: Pick<YearsProps, 'counts' | 'page'>) {
  const years = counts.values.map(({ value, count }) => ({ year: Number(value), count }))
  if (years.length < 2) return null
  const last = Math.max(...years.map(({ year }) => year))
  const first = Math.max(last - MOST_BARS + 1, Math.min(...years.map(({ year }) => year)))
  const highest = Math.max(...years.map(({ count }) => count))
  const span = last - first + 1
  return (
    <figure class="chart" data-first={first} data-last={last}>
      <svg viewBox={`0 0 ${span * 4} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {years
          .filter(({ year }) => year >= first)
          .map(({ year, count }) => {
            const height = Math.max(1, Math.round((count / highest) * HEIGHT))
            return (
              <rect x={(year - first) * 4} y={HEIGHT - height} width={3} height={height}>
                <title>{`${year}: ${formatNumber(count, page.language)}`}</title>
              </rect>
            )
          })}
      </svg>
      <figcaption>
        <span>{first}</span> <output aria-live="polite" /> <span>{last}</span>
      </figcaption>
    </figure>
  )
}

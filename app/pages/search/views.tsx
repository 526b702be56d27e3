import type { Child } from 'hono/jsx'
import { addressOf, type Found, pageSizes, type Search, type Sort, sorts } from '../../search/index.ts'
import { formatNumber } from '../format.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'

interface View {
  label: Child
  address: string
  current: boolean
}

/** Ways to look at the same results, each at an address. */
function Views({ label, views }: { label: string; views: View[] }) {
  return (
    <nav class="views" aria-label={label}>
      <ul>
        {views.map(({ label, address, current }) => (
          <li>
            {current ? (
              <span aria-current="true">{label}</span>
            ) : (
              <a href={address} rel="nofollow">
                {label}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The orders that results can stand in. */
export function Orders({ asked, sort, page }: { asked: Search; sort: Sort; page: PageContext }) {
  const words = wordsOf(page)
  const offered = sorts.filter((each) => each !== 'relevance' || asked.words !== '')
  const views = offered.map((each) => ({
    label: words.orders[each],
    address: addressOf({ ...asked, sort: each }),
    current: each === sort,
  }))
  return <Views label={words.order} views={views} />
}

/** How many results a page may have; nothing where all fit on the smallest. */
export function Sizes({ asked, total, page }: { asked: Search; total: Found['total']; page: PageContext }) {
  const [first] = pageSizes
  if (total.value <= first) return null
  const words = wordsOf(page)
  const present = asked.size ?? first
  const views = pageSizes.map((size) => ({
    label: formatNumber(size, page.language),
    address: addressOf({ ...asked, size: size === first ? undefined : size }),
    current: size === present,
  }))
  return (
    <div class="sizes">
      <span aria-hidden="true">{words.pageSize}</span>
      <Views label={words.pageSize} views={views} />
    </div>
  )
}

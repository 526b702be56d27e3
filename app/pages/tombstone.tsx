import type { Tombstone } from '../items/dissemination.ts'
import { formatDay } from './format.ts'
import { Title, titleOf } from './item/title.tsx'
import { document } from './layout.tsx'
import type { PageContext } from './page.ts'
import { Facts, wordsOf } from './parts.tsx'

/** What is left of an item that was withdrawn or deleted; answered with 410. */
export function renderTombstone(page: PageContext, { titles, status, at, reason }: Tombstone): string {
  const words = wordsOf(page)
  return document({
    page,
    title: titleOf(titles, page),
    lasting: false,
    children: (
      <article class="tombstone">
        <p class="notice">{words[status]}</p>
        <Title titles={titles} page={page} />
        <Facts
          facts={[
            {
              label: status === 'withdrawn' ? words.withdrawnOn : words.deletedOn,
              values: [formatDay(at, page.timeZone, page.language)],
            },
            { label: words.reason, values: reason ? [reason] : [] },
          ]}
        />
        <p>{words.tombstoneAdvice}</p>
      </article>
    ),
  })
}

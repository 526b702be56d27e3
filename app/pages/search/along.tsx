import { exportFormats } from '../../exports/index.ts'
import { feedAddress } from '../../protocols/feeds/index.ts'
import { outputs } from '../../records/formats/outputs.ts'
import { addressOf, type Search } from '../../search/index.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'

/** Formats in which many items are one document: not all that there are for one. */
const together = outputs.filter(({ id }) => exportFormats.has(id))

/** What a reader can take along of a search: new results as they come, and all of them in a format. */
export function Along({ asked, page }: { asked: Search; page: PageContext }) {
  const words = wordsOf(page)
  const found = { ...asked, sort: undefined, size: undefined }
  const inFormat = (format: string) => addressOf(found, { format }, '/api/v1/search/export')
  return (
    <ul class="along">
      <li>
        <a href={feedAddress({ search: asked }, 'atom')} rel="nofollow">
          {words.feed}
        </a>
      </li>
      <li>
        {words.takeAlong}
        {words.colon}
        <ul>
          {together.map(({ id, name }) => (
            <li>
              <a href={inFormat(id)} rel="nofollow" download>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </li>
    </ul>
  )
}

import { outputs } from '../../records/formats/outputs.ts'
import { parametersOf, type Search } from '../../search/index.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'

/** Where what a search finds can be followed: `/feed.atom` takes the parameters of `/search`. */
export const feedAddress = (asked: Search): string => withParameters('/feed.atom', narrowing(asked))

/** What of a search decides what is found, and not how it is shown. */
const narrowing = ({ words, chosen, from, to }: Search) => parametersOf({ words, chosen, from, to })

const withParameters = (path: string, parameters: URLSearchParams) =>
  parameters.size > 0 ? `${path}?${parameters}` : path

/** What a reader can take along of a search: new results as they come, and all of them in a format. */
export function Along({ asked, page }: { asked: Search; page: PageContext }) {
  const words = wordsOf(page)
  const inFormat = (format: string) => {
    const parameters = narrowing(asked)
    parameters.set('format', format)
    return withParameters('/api/v1/search/export', parameters)
  }
  return (
    <ul class="along">
      <li>
        <a href={feedAddress(asked)} rel="nofollow">
          {words.feed}
        </a>
      </li>
      {outputs.length > 0 && (
        <li>
          {words.takeAlong}
          {words.colon}
          <ul>
            {outputs.map(({ id, name }) => (
              <li>
                <a href={inFormat(id)} rel="nofollow" download>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </li>
      )}
    </ul>
  )
}

import { raw } from 'hono/html'
import type { Dissemination } from '../../items/dissemination.ts'
import { citeAs } from '../../protocols/signposting/index.ts'
import { citationTags, outputs, schemaOrg } from '../../records/formats/outputs.ts'
import { type PageContext, repositoryOf } from '../page.ts'
import { metadataAddress } from './addresses.ts'

/** What programs read from an item's page: `citation_*`, schema.org, and where it is in other formats. */
export function ItemHead({ d, page }: { d: Dissemination; page: PageContext }) {
  const repository = repositoryOf(page)
  const described = schemaOrg(d, repository)
  return (
    <>
      {citationTags(d, repository).map(({ name, content }) => (
        <meta name={name} content={content} />
      ))}
      <link rel="cite-as" href={citeAs(d)} />
      {/* They are of the item as it stands. */}
      {d.version === undefined &&
        outputs.map((format) => (
          <link
            rel="alternate describedby"
            type={format.mediaType}
            title={format.name}
            href={`${page.url}${metadataAddress(d, format)}`}
          />
        ))}
      {described && <script type="application/ld+json">{raw(jsonInHtml(described))}</script>}
    </>
  )
}

/** JSON as the text of a script element: `</script>` and `<!--` begin with what stands escaped in it (HTML, 4.12.1.3). */
const jsonInHtml = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

import type { Dissemination } from '../../items/dissemination.ts'
import type { Repository } from '../../records/formats/outputs.ts'
import { backLinks, linksOf, mediaType, type TypedLink, writeLink } from './links.ts'

/** All links from one anchor. */
interface LinkContext {
  anchor: string
  links: TypedLink[]
}

/** The links of an item's page, and those of its files and descriptions back to it (Signposting, level 2). */
function contextsOf(item: Dissemination, repository: Repository): LinkContext[] {
  const links = linksOf(item, repository).filter(({ rel }) => rel !== 'linkset')
  const back = backLinks(item.url)
  return [
    { anchor: item.url, links },
    ...links.flatMap(({ rel, href }) => {
      if (rel === 'item') return { anchor: href, links: [back.collection] }
      return rel === 'describedby' ? { anchor: href, links: [back.describes] } : []
    }),
  ]
}

/** An item's linkset as JSON (RFC 9264, section 4.2). */
export function writeLinksetJson(item: Dissemination, repository: Repository): string {
  return linksetJson(contextsOf(item, repository))
}

/** Link contexts as JSON. */
export const linksetJson = (contexts: readonly LinkContext[]): string =>
  JSON.stringify({
    linkset: contexts.map(({ anchor, links }) => ({
      anchor,
      ...Object.fromEntries(
        [...Map.groupBy(links, ({ rel }) => rel)].map(([rel, group]) => [
          rel,
          group.map(({ href, type, profile }) => ({
            href,
            type: mediaType(type),
            // An attribute that the RFC does not name has a list of values (section 4.2.4.3).
            profile: profile === undefined ? undefined : [profile],
          })),
        ]),
      ),
    })),
  })

/** An item's linkset as a `Link` header would have it (RFC 9264, section 4.1). */
export const writeLinkset = (item: Dissemination, repository: Repository): string =>
  `${contextsOf(item, repository)
    .flatMap(({ anchor, links }) => links.map((link) => writeLink(link, anchor)))
    .join(',\n')}\n`

import type { Dissemination } from '../../items/dissemination.ts'
import type { Repository } from '../../records/formats/outputs.ts'
import { linksOf, writeLink } from './links.ts'

/** Bytes of a `Link` header at most: proxies take 8 KiB for all headers together. */
const MOST = 5_000

/**
 * The typed links of an item's page, or of a version's, as a `Link` header (Signposting, level 1). Links of a kind are
 * given all or not at all: where files or authors are too many, the linkset alone has them.
 */
export function signposts(item: Dissemination, repository: Repository): string {
  let header = ''
  for (const links of Map.groupBy(linksOf(item, repository), ({ rel }) => rel).values()) {
    const written = [...(header === '' ? [] : [header]), ...links.map((link) => writeLink(link))].join(', ')
    if (written.length <= MOST) header = written
  }
  return header
}

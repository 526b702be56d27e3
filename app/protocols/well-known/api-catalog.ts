import { linksetJson } from '../signposting/linkset.ts'

/** The institution's interfaces for programs, each with what describes it (RFC 9727, section 4). */
export function writeApiCatalog(url: string): string {
  const json = 'application/json'
  const [api, oai, atom, rss] = [`${url}/api/v1`, `${url}/oai`, `${url}/feed.atom`, `${url}/feed.rss`]
  return linksetJson([
    { anchor: `${url}/.well-known/api-catalog`, links: [api, oai, atom, rss].map((href) => ({ rel: 'item', href })) },
    {
      anchor: api,
      links: [
        { rel: 'service-desc', href: `${api}/openapi.json`, type: json },
        { rel: 'service-doc', href: `${url}/api`, type: 'text/html' },
      ],
    },
    {
      anchor: oai,
      links: [
        {
          rel: 'service-doc',
          href: 'https://www.openarchives.org/OAI/openarchivesprotocol.html',
          type: 'text/html',
        },
        { rel: 'service-meta', href: `${oai}?verb=Identify`, type: 'text/xml' },
      ],
    },
    {
      anchor: atom,
      links: [
        { rel: 'service-desc', href: `${url}/opensearch.xml`, type: 'application/opensearchdescription+xml' },
        { rel: 'alternate', href: rss, type: 'application/rss+xml' },
      ],
    },
  ])
}

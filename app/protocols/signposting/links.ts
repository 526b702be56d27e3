import type { Dissemination, MadeVersion } from '../../items/dissemination.ts'
import { identifierAddress, webAddress } from '../../pages/index.ts'
import { outputs, type Repository, schemaOrg } from '../../records/formats/outputs.ts'
import type { Record } from '../../records/model.ts'

/** A typed link (RFC 8288) from an item's page to something. */
export interface TypedLink {
  rel: string
  href: string
  /** Media type of what it leads to. */
  type?: string | undefined
  /** URI of what that conforms to. */
  profile?: string | undefined
}

const SCHEMA_ORG = 'https://schema.org/'

/** Where an item is to be cited by: its DOI or Handle if it has one. A version that was made to be cited, by its own address. */
export function citeAs({ record, url, version }: Dissemination): string {
  if (version) return url
  const { identifierRegistration: registered, identifiers } = record
  return (
    (registered && registered.agency !== 'PMID' && identifierAddress('DOI', registered.value)) ||
    persistent(identifiers, 'DOI') ||
    persistent(identifiers, 'HDL') ||
    url
  )
}

const persistent = (identifiers: Record['identifiers'], type: 'DOI' | 'HDL') =>
  identifiers
    .filter((identifier) => identifier.type === type)
    .map(({ value }) => identifierAddress(type, value))
    .find((address) => address !== undefined)

/**
 * All typed links of an item's page or a version's (Signposting, FAIR profile, https://signposting.org/FAIR/), the
 * most telling first.
 */
export function linksOf(item: Dissemination, repository: Repository): TypedLink[] {
  const { record, url, files } = item
  const page = `${repository.url}/items/${item.number}`
  return [
    { rel: 'linkset', href: `${url}/linkset.json`, type: 'application/linkset+json' },
    { rel: 'linkset', href: `${url}/linkset`, type: 'application/linkset' },
    { rel: 'cite-as', href: citeAs(item) },
    ...typesOf(item, repository),
    ...versionLinks(item, page),
    // What is written of an item is of the item as it stands.
    ...(item.version
      ? []
      : outputs.map(({ id, mediaType, profile }) => ({
          rel: 'describedby',
          href: `${page}/metadata/${id}`,
          type: mediaType,
          profile,
        }))),
    ...licenseOf(record),
    ...authorsOf(record),
    // Links that a record gives are of the web, or none.
    ...files.flatMap(({ url, type, readable }) => {
      const href = readable ? webAddress(url) : undefined
      return href === undefined ? [] : { rel: 'item', href, type }
    }),
  ]
}

function typesOf(item: Dissemination, repository: Repository): TypedLink[] {
  const described = schemaOrg(item, repository)
  const types = described && '@type' in described ? [described['@type']].flat() : []
  return ['AboutPage', ...types.filter((type) => typeof type === 'string')].map((type) => ({
    rel: 'type',
    href: `${SCHEMA_ORG}${type}`,
  }))
}

/** Versions that were made are the history (RFC 5829); the item's page lists them. */
function versionLinks({ version, versions }: Dissemination, page: string): TypedLink[] {
  const [latest] = versions
  if (!latest) return []
  const to = (rel: string, made: MadeVersion | undefined) => (made ? [{ rel, href: made.url, type: 'text/html' }] : [])
  const at = versions.findIndex((each) => each.version === version?.version)
  return [
    ...to('latest-version', latest),
    ...(version ? [{ rel: 'version-history', href: page, type: 'text/html' }] : []),
    ...(version ? to('predecessor-version', versions[at + 1]) : []),
    ...(version ? to('successor-version', versions[at - 1]) : []),
  ]
}

function licenseOf({ rights }: Record): TypedLink[] {
  const href = rights.map(({ uri, value }) => webAddress(uri) ?? webAddress(value)).find((uri) => uri !== undefined)
  return href === undefined ? [] : [{ rel: 'license', href }]
}

/** Creators who can be told from others: each by the first identifier that leads somewhere. */
function authorsOf({ creators }: Record): TypedLink[] {
  const addresses = creators.flatMap(
    ({ identifiers }) =>
      identifiers
        .map(({ scheme, value, uri }) => identifierAddress(scheme, value, uri))
        .find((address) => address !== undefined) ?? [],
  )
  return [...new Set(addresses)].map((href) => ({ rel: 'author', href }))
}

/** The links of a file, and of what describes an item, back to the item's page. */
export const backLinks = (url: string) => ({
  collection: { rel: 'collection', href: url, type: 'text/html' },
  describes: { rel: 'describes', href: url, type: 'text/html' },
})

/** A link as a `Link` header has it (RFC 8288, section 3), from an anchor that is not what it comes with. */
export function writeLink({ href, rel, type, profile }: TypedLink, anchor?: string): string {
  const parameters = Object.entries({ rel, type: mediaType(type), profile, anchor }).flatMap(([name, value]) =>
    value === undefined ? [] : `; ${name}="${value.replace(/[\\"]/g, '\\$&')}"`,
  )
  return `<${href}>${parameters.join('')}`
}

/** A media type without its parameters; nothing where what a record says is none (RFC 6838, section 4.2). */
export const mediaType = (type: string | undefined): string | undefined =>
  /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*(?=\s*(;|$))/i.exec(type?.trim() ?? '')?.[0].toLowerCase()

/** The `Link` header of a file: back to its item. */
export const itemSignpost = (url: string): string => writeLink(backLinks(url).collection)

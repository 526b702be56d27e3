import type { Record } from '../model.ts'
import { toAnyUri } from './any-uri.ts'

/** Prefix and suffix of a DOI (ISO 26324), however it is written. */
const DOI = /\b10\.\d{4,9}(?:\.\d+)*\/\S+$/

/** The DOI in an identifier, without `doi:` or an address before it. */
export const bareDoi = (value: string): string | undefined => DOI.exec(value)?.[0]

/** The work's own DOI, bare: among its identifiers, else what is to be registered for it. */
export function doiOf({ identifiers, identifierRegistration: registered }: Record): string | undefined {
  for (const { type, value } of identifiers) {
    const doi = type === 'DOI' ? bareDoi(value) : undefined
    if (doi !== undefined) return doi
  }
  return registered && registered.agency !== 'PMID' ? bareDoi(registered.value) : undefined
}

/** Characters of a DOI that an address cannot have as they are. */
const UNSAFE = /[^\x21-\x7e]|["<>#?\\^`{|}]/gu

export const doiAddress = (doi: string): string => `https://doi.org/${doi.replace(UNSAFE, encodeURIComponent)}`

/** ISSNs of the journal that the work is in, each once, with their hyphen. */
export function issnsOf({ sourceIdentifiers }: Record): string[] {
  const issns = sourceIdentifiers.flatMap(({ type, value }) =>
    type.endsWith('ISSN') ? (/^(\d{4})-?(\d{3}[\dX])$/i.exec(value)?.slice(1).join('-').toUpperCase() ?? []) : [],
  )
  return [...new Set(issns)]
}

/** ISBNs of the book that the work is or is a part of, each once. */
export function isbnsOf({ sourceIdentifiers, relations }: Record): string[] {
  const related = relations.flatMap(({ type, identifier }) =>
    type === undefined || OF_THE_SAME_BOOK.has(type) ? (identifier ?? []) : [],
  )
  const isbns = [...sourceIdentifiers, ...related].flatMap(({ type, value }) =>
    type === 'ISBN' ? (/(?:97[89]-?)?(?:\d-?){9}[\dX]$/i.exec(value)?.[0] ?? []) : [],
  )
  return [...new Set(isbns)]
}

const OF_THE_SAME_BOOK = new Set<string>(['isPartOf', 'isIdenticalTo', 'isFormatOf'])

/** An address of the web as it was meant to be written; nothing for what is none. */
export function webAddress(value: string | undefined): string | undefined {
  if (value === undefined || !/^https?:\/\//i.test(value) || !URL.canParse(value)) return undefined
  return toAnyUri(new URL(value).href)
}

type NameIdentifier = Pick<Record['creators'][number]['identifiers'][number], 'value' | 'uri'> & { scheme: string }

/** Where registries of people and organisations keep whom an identifier names, by the form of the identifier. */
const REGISTRIES: { readonly [scheme: string]: [form: RegExp, address: string] } = {
  ORCID: [/(?:\d{4}-){3}\d{3}[\dX]$/, 'https://orcid.org/'],
  ROR: [/0[a-z\d]{6}\d{2}$/, 'https://ror.org/'],
  ISNI: [/\d{15}[\dX]$/, 'https://isni.org/isni/'],
  VIAF: [/\d+$/, 'https://viaf.org/viaf/'],
  'e-Rad_Researcher': [/^\d{8}$/, 'https://nrid.nii.ac.jp/nrid/10000'],
}

/** The address that stands for a person or an organisation. */
export function addressOfName({ scheme, value, uri }: NameIdentifier): string | undefined {
  const [form, address] = REGISTRIES[scheme] ?? []
  const id = form?.exec(value)?.[0]
  return id === undefined ? (webAddress(uri) ?? webAddress(value)) : `${address}${id}`
}

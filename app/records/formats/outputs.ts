import type { Dissemination } from '../../items/dissemination.ts'

/** The repository as what leaves it names it. */
export interface Repository {
  /** Address without a slash at the end. */
  url: string
  name: { ja: string; en?: string | undefined }
}

/** A format in which one item can be taken along. */
export interface OutputFormat {
  /** As it stands in addresses: `bibtex`, `csl-json`. */
  id: string
  /** What readers know it as: BibTeX, RIS. */
  name: string
  /** Without parameters; what `Accept` is compared with. */
  mediaType: string
  /** Of a saved file, without the dot. */
  extension: string
  /** URI of what it conforms to, such as its namespace, where the media type does not say it. */
  profile?: string | undefined
  write(item: Dissemination, repository: Repository): string
}

/** All formats, in the order in which pages offer them. */
export const outputs: readonly OutputFormat[] = []

/** A style in which a work is cited. */
export const citationStyles = ['apa', 'mla', 'chicago', 'ieee', 'vancouver', 'sist02'] as const
export type CitationStyle = (typeof citationStyles)[number]

/** A run of a citation's text. */
export interface CitationRun {
  text: string
  italic?: true
}

/** A work cited in a style; in the language of the page where the record has it. */
export function cite(
  _item: Dissemination,
  _style: CitationStyle,
  _language: 'ja' | 'en',
  _repository: Repository,
): CitationRun[] {
  return []
}

/** What indexers of scholarly works read from a page's head: Highwire's `citation_*`, and Dublin Core's where they differ. */
export function citationTags(_item: Dissemination, _repository: Repository): { name: string; content: string }[] {
  return []
}

/** The item as schema.org says it, for a page's head. */
export function schemaOrg(_item: Dissemination, _repository: Repository): object | undefined {
  return undefined
}

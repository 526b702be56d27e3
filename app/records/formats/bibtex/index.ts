import type { Dissemination } from '../../../items/dissemination.ts'
import { cslOf } from '../csl/index.ts'
import type { CslItem, CslName } from '../csl/item.ts'
import { oneLine } from '../names.ts'
import type { Repository } from '../repository.ts'
import type { CslType } from '../types.ts'
import { braced, escaped } from './escape.ts'

/**
 * An item as an entry of BibTeX, in UTF-8, with the entry types that its standard styles know. They have none for data
 * and software: these are `misc`, which every style can print.
 */
export function writeBibtex(item: Dissemination, repository: Repository): string {
  const work = cslOf(item, repository)
  const type = entryType(work, item.record.type.term)
  const fields = Object.entries(fieldsOf(work, type)).filter(([, value]) => value)
  return `@${type}{${work.id},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`
}

const TYPES: { readonly [type in CslType]?: string } = {
  'article-journal': 'article',
  'article-magazine': 'article',
  'article-newspaper': 'article',
  book: 'book',
  chapter: 'incollection',
  manuscript: 'unpublished',
  'paper-conference': 'inproceedings',
  periodical: 'book',
  report: 'techreport',
  thesis: 'phdthesis',
}

function entryType({ type }: CslItem, term: string): string {
  if (term === 'conference proceedings') return 'proceedings'
  // There is none for a bachelor's: its `type` says what it is.
  if (term === 'master thesis' || term === 'bachelor thesis') return 'mastersthesis'
  return TYPES[type] ?? 'misc'
}

/** What holds the work, by the name that its type of entry has for it. */
const CONTAINERS: { readonly [type: string]: string } = {
  article: 'journal',
  incollection: 'booktitle',
  inproceedings: 'booktitle',
}
const PUBLISHERS: { readonly [type: string]: string } = {
  phdthesis: 'school',
  mastersthesis: 'school',
  techreport: 'institution',
}

function fieldsOf(work: CslItem, type: string): { [name: string]: string | undefined } {
  const [year, month] = work.issued?.['date-parts'][0] ?? []
  const container = work['container-title'] ?? (type === 'inproceedings' ? work['event-title'] : undefined)
  const series = [work['collection-title'], CONTAINERS[type] ? undefined : container].filter((title) => title)
  return {
    author: namesOf(work.author),
    editor: namesOf(work.editor),
    title: work.title && braced(escaped(work.title)),
    [CONTAINERS[type] ?? 'booktitle']: CONTAINERS[type] && said(container),
    year: year === undefined ? undefined : String(year).padStart(4, '0'),
    month: month === undefined ? undefined : String(month),
    volume: said(work.volume),
    number: said(work.issue ?? work.number),
    // An en dash, as BibTeX writes it.
    pages: said(work.page)?.replace('-', '--'),
    series: said(series.join(', ')),
    edition: said(work.edition),
    [PUBLISHERS[type] ?? 'publisher']: said(work.publisher),
    address: said(work['publisher-place']),
    type: said(work.genre),
    version: said(work.version),
    isbn: said(work.ISBN),
    issn: said(work.ISSN),
    doi: verbatim(work.DOI),
    url: verbatim(work.URL),
    keywords: said(work.keyword),
    abstract: said(work.abstract),
    language: said(work.language),
    // Without it the standard styles, which know neither doi nor url, would say nothing of where it is.
    note: type === 'misc' || type === 'unpublished' ? said(work.genre ?? work.source) : undefined,
  }
}

const said = (text: string | undefined) => text && escaped(oneLine(text))

/** Links are printed as they stand: braces alone would end the field. */
const verbatim = (link: string | undefined) => link?.replace(/[{}\\]/g, encodeURIComponent)

const namesOf = (names: CslName[] | undefined) => names?.map(nameOf).join(' and ')

/** "Family, Given"; an organisation in braces, so that no part of its name is taken for a given one. */
function nameOf(name: CslName): string {
  if ('literal' in name) return braced(escaped(name.literal))
  return [name.family, name.given].map(guarded).join(', ')
}

/** A part in which BibTeX would see the end of a name. */
const guarded = (part: string) => (/,|\band\b/i.test(part) ? braced(escaped(part)) : escaped(part))

import type { Dissemination } from '../../../items/dissemination.ts'
import { cslOf } from '../csl/index.ts'
import type { CslDate, CslName } from '../csl/item.ts'
import { oneLine } from '../names.ts'
import { openPdf } from '../open-pdf.ts'
import type { Repository } from '../repository.ts'
import { keywordsOf } from '../subjects.ts'
import type { CslType } from '../types.ts'

/** Types of reference, as EndNote, Zotero and Mendeley read them. */
const TYPES: { readonly [type in CslType]: string } = {
  article: 'GEN',
  'article-journal': 'JOUR',
  'article-magazine': 'MGZN',
  'article-newspaper': 'NEWS',
  book: 'BOOK',
  chapter: 'CHAP',
  collection: 'GEN',
  dataset: 'DATA',
  document: 'GEN',
  graphic: 'ART',
  manuscript: 'UNPB',
  map: 'MAP',
  motion_picture: 'VIDEO',
  musical_score: 'MUSIC',
  'paper-conference': 'CPAPER',
  patent: 'PAT',
  periodical: 'JFULL',
  report: 'RPRT',
  review: 'GEN',
  software: 'COMP',
  song: 'SOUND',
  speech: 'SLIDE',
  thesis: 'THES',
  webpage: 'ELEC',
}

/** An item in RIS (Research Information Systems' format of 2011), in UTF-8. */
export function writeRis(item: Dissemination, repository: Repository): string {
  const work = cslOf(item, repository)
  const tags: [tag: string, value: string | string[] | undefined][] = [
    ['TY', TYPES[work.type]],
    ['ID', work.id],
    ['TI', work.title],
    ['AU', work.author?.map(nameOf)],
    ['ED', work.editor?.map(nameOf)],
    ['A4', work.translator?.map(nameOf)],
    ['PY', String(work.issued?.['date-parts'][0]?.[0] ?? '').padStart(4, '0')],
    ['DA', work.issued && dayOf(work.issued)],
    ['T2', work['container-title'] ?? work['event-title']],
    ['T3', work['collection-title']],
    ['VL', work.volume],
    ['IS', work.issue ?? work.number],
    ['SP', item.record.pageStart],
    ['EP', item.record.pageEnd],
    ['SN', [...(work.ISBN?.split(' ') ?? []), ...(work.ISSN?.split(' ') ?? [])]],
    ['PB', work.publisher],
    ['CY', work['publisher-place'] ?? work['event-place']],
    ['ET', work.edition ?? work.version],
    ['M3', work.genre],
    ['DO', work.DOI],
    ['UR', work.URL],
    ['L1', openPdf(item)?.url],
    ['KW', keywordsOf(item.record)],
    ['AB', work.abstract],
    ['LA', work.language],
    ['DP', work.source],
  ]
  const lines = tags.flatMap(([tag, value]) =>
    [value ?? []].flat().flatMap((each) => (each === '' ? [] : [`${tag}  - ${oneLine(each)}\r\n`])),
  )
  return `${lines.join('')}ER  - \r\n`
}

/** "Family, Given": in RIS a comma makes two parts of a name, so an organisation is written without. */
const nameOf = (name: CslName) =>
  'literal' in name ? name.literal.replace(/\s*[,，]\s*/g, ' ') : `${name.family}, ${name.given}`

/** YYYY/MM/DD/, with nothing where nothing is known. */
function dayOf({ 'date-parts': dates }: CslDate): string {
  const [year, month, day] = dates[0] ?? []
  return `${pad(year, 4)}/${pad(month, 2)}/${pad(day, 2)}/`
}

const pad = (part: number | undefined, length: number) => (part === undefined ? '' : String(part).padStart(length, '0'))

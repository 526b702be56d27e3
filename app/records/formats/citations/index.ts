import type { Dissemination } from '../../../items/dissemination.ts'
import type { Record } from '../../model.ts'
import { preferred } from '../../texts.ts'
import { cslOf } from '../csl/index.ts'
import type { CslItem } from '../csl/item.ts'
import { doiAddress } from '../identifiers.ts'
import { isEastAsian } from '../names.ts'
import type { Repository } from '../repository.ts'
import { apa } from './apa.ts'
import { chicago } from './chicago.ts'
import type { Cited, Style } from './cited.ts'
import { ieee } from './ieee.ts'
import { mla } from './mla.ts'
import type { CitationRun } from './runs.ts'
import { sist02 } from './sist02.ts'
import { vancouver } from './vancouver.ts'
import { words } from './words.ts'

export type { CitationRun } from './runs.ts'

/**
 * A style in which a work is cited: APA (7th edition), MLA (9th), Chicago (17th, author-date), IEEE, Vancouver (NLM's
 * Citing Medicine), SIST 02-2007.
 */
export const citationStyles = ['apa', 'mla', 'chicago', 'ieee', 'vancouver', 'sist02'] as const
export type CitationStyle = (typeof citationStyles)[number]

const STYLES: { readonly [style in CitationStyle]: Style } = { apa, mla, chicago, ieee, vancouver, sist02 }

/**
 * A work cited in a style, in the language of the page where the record has it. Only a work with a Japanese title is
 * cited in Japanese: for others the words of a style, and the names, are those that go with English.
 */
export function cite(
  item: Dissemination,
  style: CitationStyle,
  language: 'ja' | 'en',
  repository: Repository,
): CitationRun[] {
  const { record } = item
  const title = preferred(record.titles, language)
  const isJapanese = language === 'ja' && title !== undefined && speaksJapanese(title)
  const spoken = isJapanese ? 'ja' : 'en'
  const work = cslOf({ ...item, record: { ...record, creators: named(record.creators) } }, repository, spoken)
  return STYLES[style]({
    ...citedAs(work, item.version ? undefined : work.DOI),
    term: record.type.term,
    words: words[spoken],
  })
}

/** No style names more than twenty authors and the last, and a work may have thousands. */
const named = (creators: Record['creators']) =>
  creators.length > 21 ? [...creators.slice(0, 20), ...creators.slice(-1)] : creators

const speaksJapanese = ({ value, lang }: { value: string; lang?: string | undefined }) =>
  lang === undefined ? isEastAsian(value) : /^ja(-|$)/i.test(lang)

function citedAs(work: CslItem, doi: string | undefined): Omit<Cited, 'term' | 'words'> {
  const { page } = work
  return {
    work,
    year: String(work.issued?.['date-parts'][0]?.[0] ?? '').padStart(4, '0'),
    doi,
    link: doi === undefined ? work.URL : doiAddress(doi),
    pages: page === undefined ? undefined : { text: page.replace('-', '–'), many: /[-–,]/.test(page) },
    series: seriesOf(work),
    container: work['container-title'],
  }
}

function seriesOf(work: CslItem): string | undefined {
  const title = work['collection-title'] ?? work['container-title']
  return title && [title, work.volume, work.issue].filter((part) => part !== undefined).join(' ')
}

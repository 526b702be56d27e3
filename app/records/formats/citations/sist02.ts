import type { Cited } from './cited.ts'
import { inRow, inverted } from './people.ts'
import { around, type CitationRun, joined, type Part, sentences } from './runs.ts'
import { type Degree, degreeOf } from './words.ts'

const THESES: { readonly [degree in Degree]: string } = {
  doctoral: 'PhD thesis',
  master: 'Master’s thesis',
  bachelor: 'Bachelor’s thesis',
  none: 'Thesis',
}

/**
 * SIST 02-2007, 参照文献の書き方 (JST). Of more than three authors three are named; "姓, 名" of other scripts are kept
 * apart by semicolons. The day on which a link was followed (参照) is the reader's to add.
 */
export function sist02(cited: Cited): CitationRun[] {
  const { work, words, link } = cited
  const rule = { name: inverted, separator: '; ', last: '; ', two: '; ', most: 3, named: 3, before: ' ' }
  return joined(' ', sentences(inRow(work.author, rule, words), ...body(cited)), link)
}

function body({ work, term, words, year, container, series }: Cited): Part[] {
  const { title, publisher } = work
  const edition = work.edition && words.edition(work.edition)
  const pages = around('p. ', work.page)
  const house = joined(', ', work['publisher-place'], publisher, year)
  const number = [around('vol. ', work.volume), around('no. ', work.issue)]
  switch (work.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper':
      if (!container) break
      return [title, container, joined(', ', year, ...number, pages)]
    case 'chapter':
    case 'paper-conference':
    case 'speech': {
      // The title of a part stands in quotation marks.
      const part = around('“', title, '”')
      if (!container) return [part, joined(', ', work['event-title'], work['event-place'], year)]
      const rule = { name: inverted, separator: '; ', last: '; ', two: '; ', most: 3, named: 3, before: ' ' }
      const names = inRow(work.editor, rule, words)
      const editors = around('', names, words.separator ? '編' : ', ed.')
      return [part, container, editors, joined(', ', edition, house, pages)]
    }
    case 'thesis': {
      const degree = degreeOf(term)
      return [title, joined(', ', publisher, year, words.thesis?.(degree) ?? THESES[degree])]
    }
  }
  const version = work.version && words.version(work.version)
  const extent =
    work.type === 'book' && /^\d+$/.test(work['number-of-pages'] ?? '') ? `${work['number-of-pages']}p` : ''
  const printed = publisher ? house : joined(', ', work.source, year)
  return [title, joined(', ', edition ?? version, printed, extent, around('(', series, ')'))]
}

import type { Cited } from './cited.ts'
import { inRow, straightInitials } from './people.ts'
import { around, type CitationRun, ended, italic, joined, type Part, together } from './runs.ts'
import { type Degree, degreeOf } from './words.ts'

const THESES: { readonly [degree in Degree]: string } = {
  doctoral: 'Ph.D. dissertation',
  master: 'M.S. thesis',
  bachelor: 'B.S. thesis',
  none: 'Thesis',
}
const MONTHS = 'Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sep. Oct. Nov. Dec.'.split(' ')
const ROW = { name: straightInitials, separator: ', ', last: ', and ', two: ' and ', most: 6, named: 1, before: ' ' }

/** IEEE Reference Style Guide: of more than six authors one is named. */
export function ieee(cited: Cited): CitationRun[] {
  const { work, words, doi } = cited
  const authors = inRow(work.author, ROW, words)
  const [title, ...source] = body(cited)
  // “Title,” and italics have their comma or blank already.
  const said = together(around('', authors, ', '), title, ...source)
  if (doi !== undefined) return ended(joined(', ', said, `doi: ${doi}`))
  return joined(' ', ended(said), together(`[Online]. Available: ${work.URL}`))
}

function body({ work, term, words, year, container, pages, series }: Cited): Part[] {
  const month = MONTHS[(work.issued?.['date-parts'][0]?.[1] ?? 0) - 1]
  const date = joined(' ', words.separator ? undefined : month, year)
  const where = around(pages?.many ? 'pp. ' : 'p. ', pages?.text)
  const edition = work.edition && words.edition(work.edition)
  const house = joined(': ', work['publisher-place'], work.publisher)
  const title = around('', words.quoted(work.title, ','), ' ')
  const number = [around('vol. ', work.volume), around('no. ', work.issue)]
  switch (work.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper':
      if (!container) break
      return [title, joined(', ', italic(container), ...number, where, date)]
    case 'chapter':
    case 'paper-conference':
    case 'speech': {
      if (!container) {
        const event = joined(', ', italic(work['event-title']), work['event-place'])
        return [title, joined(', ', around(words.separator ? '' : 'presented at the ', event), date)]
      }
      const editors = work.editor && `${inRow(work.editor, ROW, words)}, ${words.editors(work.editor.length)}`
      const whole = together(words.in.toLowerCase(), joined(', ', italic(container), editors, edition))
      return [title, joined(', ', printed(whole, house), year, where)]
    }
    case 'thesis': {
      const degree = degreeOf(term)
      return [title, joined(', ', words.thesis?.(degree) ?? THESES[degree], work.publisher, year)]
    }
    case 'book':
    case 'periodical':
      return [joined(', ', printed(joined(', ', italic(work.title), edition), house), year)]
    case 'report':
      return [title, joined(', ', work.publisher ?? work.source, series, date)]
  }
  const version = work.version && (words.separator ? words.version(work.version) : `ver. ${work.version}`)
  return [title, joined(', ', version, work.publisher ?? work.source, date)]
}

/** A book, and behind a full stop who printed it. */
const printed = (book: Part, house: CitationRun[]) => (house.length > 0 ? joined(' ', ended(book), house) : book)

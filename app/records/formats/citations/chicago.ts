import type { Cited } from './cited.ts'
import { inRow, inverted, straight } from './people.ts'
import { around, type CitationRun, joined, type Part, sentences, together } from './runs.ts'
import { type Degree, degreeOf } from './words.ts'

const THESES: { readonly [degree in Degree]: string } = {
  doctoral: 'PhD diss.',
  master: 'Master’s thesis',
  bachelor: 'Bachelor’s thesis',
  none: 'Thesis',
}

/**
 * The Chicago Manual of Style, 17th edition, chapter 15: author and date, the form of the sciences. Of more than ten
 * authors seven are named.
 */
export function chicago(cited: Cited): CitationRun[] {
  const { work, words, year, link } = cited
  const rule = {
    first: inverted,
    name: straight,
    separator: ', ',
    last: ', and ',
    two: ', and ',
    most: 10,
    named: 7,
    before: ', ',
  }
  const authors = inRow(work.author, rule, words)
  const [title, ...source] = body(cited)
  return authors ? sentences(authors, year, title, ...source, link) : sentences(title, year, ...source, link)
}

function body({ work, term, words, container, pages, series }: Cited): [title: Part, ...source: Part[]] {
  const edition = work.edition && words.edition(work.edition)
  const house = joined(': ', work['publisher-place'], work.publisher)
  const inQuotes = words.quoted(work.title, '.')
  switch (work.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper': {
      if (!container) break
      const number = work.volume ? joined(' ', work.volume, around('(', work.issue, ')')) : around('no. ', work.issue)
      const isSplit = work.volume === undefined && number.length > 0
      const journal = joined(isSplit ? ', ' : ' ', words.titled(container), number)
      return [inQuotes, joined(number.length > 0 ? ': ' : ', ', journal, pages?.text)]
    }
    case 'chapter':
    case 'paper-conference':
    case 'speech': {
      if (!container) {
        const event = joined(', ', work['event-title'], work['event-place'])
        return [inQuotes, event.length > 0 ? event : house.length > 0 ? house : work.source]
      }
      const rule = { name: straight, separator: ', ', last: ', and ', two: ' and ', most: 10, named: 7, before: ', ' }
      const editors = work.editor && words.editedBy(inRow(work.editor, rule, words))
      return [inQuotes, together(words.in, joined(', ', words.titled(container), editors, edition, pages?.text)), house]
    }
    case 'thesis': {
      const degree = degreeOf(term)
      return [inQuotes, joined(', ', words.thesis?.(degree) ?? THESES[degree], work.publisher)]
    }
  }
  const version = work.version && words.version(work.version)
  return [words.titled(work.title), edition ?? version, series, house.length > 0 ? house : work.source]
}

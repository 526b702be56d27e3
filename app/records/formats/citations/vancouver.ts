import type { Cited } from './cited.ts'
import { bareInitials, inRow } from './people.ts'
import { around, type CitationRun, joined, type Part, sentences, textOf, together } from './runs.ts'
import { type Degree, degreeOf } from './words.ts'

const THESES: { readonly [degree in Degree]: string } = {
  doctoral: 'dissertation',
  master: 'master’s thesis',
  bachelor: 'bachelor’s thesis',
  none: 'thesis',
}
const ROW = { name: bareInitials, separator: ', ', last: ', ', two: ', ', most: 6, named: 6, before: ', ' }

/** Vancouver: ICMJE's recommendations by NLM's Citing Medicine, 2nd edition. Of more than six authors six are named. */
export function vancouver(cited: Cited): CitationRun[] {
  const { work, words, doi } = cited
  const authors = inRow(work.author, ROW, words)
  const said = sentences(authors, ...body(cited))
  // A link ends without a full stop: it would be taken for a part of it.
  return joined(' ', said, doi ? `doi: ${doi}` : `Available from: ${work.URL}`)
}

function body({ work, term, words, year, container, series }: Cited): Part[] {
  const { page, title } = work
  const edition = work.edition && words.edition(work.edition)
  const house = joined('; ', joined(': ', work['publisher-place'], work.publisher), year)
  switch (work.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper': {
      if (!container) break
      const number = joined(':', together(work.volume, around('(', work.issue, ')')), page)
      return [title, container, joined(';', year, number)]
    }
    case 'chapter':
    case 'paper-conference':
    case 'speech': {
      if (!container) {
        const event = joined('; ', work['event-title'], year, work['event-place'])
        return [title, around(words.separator ? '' : 'Presented at: ', event)]
      }
      const editors =
        work.editor &&
        `${inRow(work.editor, ROW, words)}, ${words.separator ? '編' : work.editor.length > 1 ? 'editors' : 'editor'}`
      // "In:" stands before whichever comes first.
      return [
        title,
        together(around(words.separator ? '' : 'In: ', sentences(editors, container, edition, house))),
        around('p. ', page),
      ]
    }
    case 'thesis': {
      const degree = degreeOf(term)
      return [kind(title, words.thesis?.(degree) ?? THESES[degree]), house]
    }
    case 'dataset':
      return [kind(title, words.data.toLowerCase()), work.version && words.version(work.version), house]
    case 'software':
      return [kind(title, words.software.toLowerCase()), work.version && words.version(work.version), house]
  }
  return [title, edition, work.publisher ? house : joined('; ', work.source, year), series]
}

const kind = (title: string | undefined, what: string) => together(title, textOf(title) ? ' ' : '', `[${what}]`)

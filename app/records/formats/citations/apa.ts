import type { CslName } from '../csl/item.ts'
import type { Cited } from './cited.ts'
import { inRow, invertedInitials, straightInitials } from './people.ts'
import { around, type CitationRun, ended, italic, joined, type Part, sentences, together } from './runs.ts'
import { type Degree, degreeOf, type Words } from './words.ts'

const MOST = 20

const THESES: { readonly [degree in Degree]: string } = {
  doctoral: 'Doctoral dissertation',
  master: 'Master’s thesis',
  bachelor: 'Bachelor’s thesis',
  none: 'Thesis',
}

/** Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10. */
export function apa(cited: Cited): CitationRun[] {
  const { work, words, year, link } = cited
  const authors = authorsOf(work.author, words)
  const { title, rest } = body(cited)
  const opening = authors ? sentences(together(authors, ` (${year})`), title) : sentences(together(title, ` (${year})`))
  return joined(' ', opening, rest, link)
}

/** Up to twenty; of more, nineteen, three dots and the last (section 9.8). */
function authorsOf(names: CslName[] | undefined, words: Words): string {
  const rule = {
    name: invertedInitials,
    separator: ', ',
    last: ', & ',
    two: ', & ',
    most: MOST,
    named: MOST,
    before: '',
  }
  if (!names || names.length <= MOST) return inRow(names, rule, words)
  const first = inRow(names.slice(0, MOST - 1), { ...rule, last: ', ' }, words)
  return `${first}, . . . ${invertedInitials(names.at(-1) as CslName)}`
}

/** Title and source (sections 9.18 to 9.37); the title of what stands alone is in italics. */
function body(cited: Cited): { title: Part; rest: Part } {
  const { work, term, words, container, pages, series } = cited
  const { publisher, version } = work
  const alone = italic(work.title)
  const edition = work.edition && words.edition(work.edition)
  switch (work.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper': {
      const volume = together(italic(work.volume), around('(', work.issue, ')'))
      return container
        ? { title: work.title, rest: ended(joined(', ', italic(container), volume, pages?.text)) }
        : { title: alone, rest: ended(publisher) }
    }
    case 'chapter':
    case 'paper-conference': {
      if (!container) return presented(cited)
      const details = joined(', ', edition, around(`${pages?.many ? 'pp.' : 'p.'} `, pages?.text))
      const whole = together(italic(container), around(' (', details, ')'))
      return {
        title: work.title,
        rest: sentences(together(words.in, around('', editorsOf(cited), ', '), whole), publisher),
      }
    }
    case 'speech':
      return presented(cited)
    case 'thesis': {
      const degree = degreeOf(term)
      const kind = joined(', ', words.thesis?.(degree) ?? THESES[degree], publisher)
      return { title: together(alone, around(' [', kind, ']')), rest: ended(work.source) }
    }
    case 'dataset':
    case 'software': {
      const kind = work.type === 'dataset' ? words.data : words.software
      const title = together(alone, around(' (', version && words.version(version), ')'), ` [${kind}]`)
      return { title, rest: ended(publisher) }
    }
    case 'report':
      return { title: together(alone, around(' (', series, ')')), rest: ended(publisher ?? work.source) }
    case 'book':
    case 'periodical':
      return { title: together(alone, around(' (', edition, ')')), rest: ended(publisher) }
    default:
      return { title: alone, rest: ended(publisher ?? work.source) }
  }
}

/** What was presented at an event (section 10.5). */
function presented({ work, term, words, container }: Cited): { title: Part; rest: Part } {
  const kind = term === 'conference poster' ? words.poster : words.presentation
  const event = work['event-title'] ?? container
  if (!event) return { title: italic(work.title), rest: ended(work.publisher ?? work.source) }
  return { title: together(italic(work.title), ` [${kind}]`), rest: ended(joined(', ', event, work['event-place'])) }
}

function editorsOf({ work, words }: Cited): string {
  if (!work.editor) return ''
  const rule = { name: straightInitials, separator: ', ', last: ', & ', two: ' & ', most: 20, named: 20, before: '' }
  return `${inRow(work.editor, rule, words)} (${words.editors(work.editor.length)})`
}

import type { Cited } from './cited.ts'
import { inRow, inverted, straight } from './people.ts'
import { around, type CitationRun, joined, type Part, sentences } from './runs.ts'
import { type Degree, degreeOf } from './words.ts'

const THESES: { readonly [degree in Degree]: string } = {
  doctoral: 'PhD dissertation',
  master: 'Master’s thesis',
  bachelor: 'Bachelor’s thesis',
  none: 'Thesis',
}

/** MLA Handbook, 9th edition, chapter 5: the core elements in their order. Three authors or more are one and others. */
export function mla(cited: Cited): CitationRun[] {
  const { work, words } = cited
  const rule = {
    first: inverted,
    name: straight,
    separator: ', ',
    last: ', and ',
    two: ', and ',
    most: 2,
    named: 1,
    before: ', ',
  }
  const authors = inRow(work.author, rule, words)
  const alone = words.titled(work.title)
  const [title, source] = body(cited)
  return sentences(authors, title ?? alone, source)
}

function body({ work, term, words, year, link, container, pages, series }: Cited): [title: Part, source: Part] {
  const number = [around('vol. ', work.volume), around('no. ', work.issue)]
  const where = around(pages?.many ? 'pp. ' : 'p. ', pages?.text)
  const edition = work.edition && words.edition(work.edition)
  const { publisher } = work
  switch (work.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper':
    case 'chapter':
    case 'paper-conference':
    case 'speech': {
      const whole = container ?? work['event-title']
      if (!whole) break
      const editors = editorsOf(work.editor, words)
      const isPart = work.type === 'chapter' || work.type === 'paper-conference'
      const house = isPart ? publisher : undefined
      const place = container === undefined ? work['event-place'] : undefined
      return [
        words.quoted(work.title, '.'),
        joined(
          ', ',
          words.titled(whole),
          editors,
          isPart ? edition : undefined,
          ...number,
          house,
          place,
          year,
          where,
          link,
        ),
      ]
    }
    case 'thesis': {
      const degree = degreeOf(term)
      const kind = words.thesis?.(degree) ?? THESES[degree]
      return [
        sentences(words.titled(work.title), year),
        sentences(joined(', ', publisher, kind), joined(', ', words.titled(work.source), link)),
      ]
    }
  }
  const version = work.version && words.version(work.version)
  return [undefined, joined(', ', edition ?? version, publisher ?? work.source, year, series, link)]
}

const editorsOf = (names: Cited['work']['editor'], words: Cited['words']) =>
  names &&
  words.editedBy(
    inRow(
      names,
      { name: straight, separator: ', ', last: ', and ', two: ' and ', most: 2, named: 1, before: ' ' },
      words,
    ),
  )

import type { ResourceType } from '../records/vocabularies.ts'
import type { PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'

/** What kinds of things types are, drawn on a grid of 16, in lines. The first kind that a type's name fits is its. */
const KINDS: [of: RegExp, path: string][] = [
  // A mortarboard, points and their axes, a picture, a film, a note, a folded map, brackets of a program, a book.
  [/thesis/, 'M1.5 6.5l6.5-3 6.5 3-6.5 3zM4.5 8v3.5c2 1.5 5 1.5 7 0V8M14.5 6.5v4'],
  [/data(?!( paper| management))/, 'M2.5 2.5v11h11M5.5 10.5v0M8 7v0M10 9v0M12.5 4.5v0'],
  [/still image|^image|artistic/, 'M2.5 3.5h11v9h-11zM2.5 11l3.5-3.5 3 3 1.5-1.5 3 3M10.5 6v0'],
  [/moving|video/, 'M2.5 3.5h11v9h-11zM7 6l3 2-3 2z'],
  [
    /sound|musical/,
    'M6 12V4l6-1.5V10M6 12a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM12 10a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0z',
  ],
  [/map|cartographic/, 'M2.5 4l3.5-1.5 4 1.5 3.5-1.5V12L10 13.5 6 12l-3.5 1.5zM6 2.5V12M10 4v9.5'],
  [/software|code|workflow|interactive/, 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5'],
  [
    /book|journal$|proceedings|periodical|newspaper/,
    'M8 4.5c-1.5-1-3.5-1.5-5.5-1.5v9c2 0 4 .5 5.5 1.5 1.5-1 3.5-1.5 5.5-1.5v-9c-2 0-4 .5-5.5 1.5zM8 4.5v9',
  ],
]
/** A sheet of paper. */
const TEXT = 'M4 2.5h5.5L12.5 5.5v8H4zM9.5 2.5v3h3M6 8.5h4.5M6 11h4.5'

/** The type of an item in words, with a picture of its kind. */
export function Type({ term, page }: { term: ResourceType; page: PageContext }) {
  const path = KINDS.find(([of]) => of.test(term))?.[1] ?? TEXT
  return (
    <span class="type">
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
      <span>{wordsOf(page).terms.resourceTypes[term]}</span>
    </span>
  )
}

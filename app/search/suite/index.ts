import type { SearchIndex } from '../port.ts'
import { deskAt } from './desk.ts'
import { namesSuite } from './names.ts'
import { narrowingSuite } from './narrowing.ts'
import { textsSuite } from './texts.ts'
import { wordsSuite } from './words.ts'

/** What every search index must do: run by the test of each adapter. `open` gives an empty index each time. */
export function searchSuite(open: () => Promise<SearchIndex>) {
  const desk = deskAt(open)
  wordsSuite(desk)
  narrowingSuite(desk)
  namesSuite(desk)
  textsSuite(desk)
}

import type { Dissemination } from '../../../items/dissemination.ts'
import { publishedRecord } from '../published.ts'
import type { Edition } from './editions.ts'
import { writeJpcoar } from './write.ts'

/** Writes what a reader may see of an item; see {@link publishedRecord} for what publication changes. */
export function writeDissemination(dissemination: Dissemination, edition: Edition): string {
  return writeJpcoar(publishedRecord(dissemination), edition)
}

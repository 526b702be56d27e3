import type { Dissemination } from '../../items/dissemination.ts'
import type { Repository } from '../../records/formats/outputs.ts'

/** The typed links of an item's page as a `Link` header (Signposting, level 1); nothing where there are none. */
export function signposts(_item: Dissemination, _repository: Repository): string | undefined {
  return undefined
}

import { type Bag, BagInvalid, openBag } from '../../bagit/index.ts'
import { Problem } from '../../platform/problem.ts'
import type { ZipDirectory } from '../../platform/zip/index.ts'
import { WrongRow } from '../../transfer/index.ts'
import type { Incoming } from '../incoming.ts'
import { isExport, restoreExport } from '../restore/index.ts'

/**
 * What an archive brings that is a bag (BagIt, RFC 8493): an institution's own export is restored; of another's, once
 * every file is what its manifests say, the payload is read as any archive is.
 *
 * @returns nothing if the archive is no bag.
 * @throws Problem 422 if the bag is not valid.
 */
export async function bagIn(
  archive: ZipDirectory,
): Promise<{ restored: AsyncGenerator<Incoming> } | { payload: string } | undefined> {
  const bag = await valid(openBag(archive))
  if (!bag) return undefined
  if (isExport(bag)) return { restored: restored(bag) }
  await valid(bag.verify())
  return { payload: `${bag.base}data/` }
}

async function* restored(bag: Bag): AsyncGenerator<Incoming> {
  const steps = restoreExport(bag)
  try {
    for (let next = await valid(steps.next()); !next.done; next = await steps.next()) yield next.value
  } finally {
    await steps.return(undefined)
  }
}

async function valid<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof BagInvalid || error instanceof WrongRow)
      throw new Problem(422, 'Not a valid bag', `This bag is not taken: ${error.message}.`)
    throw error
  }
}

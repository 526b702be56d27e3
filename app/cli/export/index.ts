import { createWriteStream } from 'node:fs'
import { access, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { type Bag, BagInvalid, openBag } from '../../bagit/index.ts'
import { syncFolder } from '../../platform/sync-folder.ts'
import { openZip, ZipRefused } from '../../platform/zip/index.ts'
import { fetchLocal } from '../localhost.ts'
import { PlainError } from '../plain-error.ts'
import { explain, failure } from '../talking.ts'
import type { Target } from '../target.ts'

/** What holds when the connection breaks off. */
const NOTHING = 'Nothing was kept: run the command again.'

/** What an export holds. */
export interface Exported {
  files: number
  bytes: number
}

/**
 * Writes everything that an institution has to a ZIP archive, or to a folder. Only what is whole, and whose files all
 * are what its manifests say, gets the name that was asked for; what is not is removed.
 *
 * @param path a name that ends in `.zip`, or of a folder; there is nothing of this name yet.
 * @param progress told the bytes that have come, and then those that have been verified.
 * @throws PlainError if it cannot be had or is not whole.
 */
export async function exportTo(
  target: Target,
  path: string,
  progress: (step: 'received' | 'verified', bytes: number) => void,
): Promise<Exported> {
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (there) throw new PlainError(`${path} is there already.`)
  // Beside it, so that its last step is a new name; a folder that nobody else has.
  const work = await mkdtemp(`${path}.`).catch((error) => {
    throw new PlainError(`${path} cannot be written: ${error.message}`)
  })
  const partial = join(work, 'archive.zip')
  const folder = /\.zip$/i.test(path) ? undefined : join(work, 'unpacked')
  try {
    await download(target, partial, (bytes) => progress('received', bytes))
    const exported = await verify(partial, folder, (bytes) => progress('verified', bytes))
    await rename(folder ?? partial, path)
    await syncFolder(dirname(path))
    return exported
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function download({ url, token }: Target, partial: string, progress: (bytes: number) => void): Promise<void> {
  const response = await fetchLocal(`${url}/api/v1/export`, { headers: { authorization: `Bearer ${token}` } }).catch(
    (error) => {
      throw failure(url, error, NOTHING)
    },
  )
  if (!response.ok || !response.body) throw new PlainError(await explain(response))
  const file = createWriteStream(partial, { flush: true })
  const body = Readable.fromWeb(response.body as ReadableStream)
  try {
    await pipeline(body, counted(progress), file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw failure(url, error, NOTHING)
    throw new PlainError(`${partial} cannot be written: ${(error as Error).message}`)
  }
}

function counted(progress: (bytes: number) => void) {
  let bytes = 0
  return async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      bytes += chunk.length
      progress(bytes)
      yield chunk
    }
  }
}

/** Reads every file of the bag against its manifests; on the way, unpacks it where a folder is wanted. */
async function verify(
  archive: string,
  folder: string | undefined,
  progress: (bytes: number) => void,
): Promise<Exported> {
  const file = await open(archive, 'r')
  try {
    const bag = await openBag(await openZip(file.fd, { bytes: Infinity }))
    if (!bag) throw new BagInvalid('it is no bag')
    await readAll(bag, folder, progress)
    return { files: bag.files, bytes: bag.bytes }
  } catch (error) {
    if (error instanceof BagInvalid || error instanceof ZipRefused)
      throw new PlainError(`What came is not whole and was removed: ${error.message.replace(/\.$/, '')}.`)
    throw error
  } finally {
    await file.close()
  }
}

async function readAll(bag: Bag, folder: string | undefined, progress: (bytes: number) => void) {
  const count = counted(progress)
  for (const path of bag.paths()) {
    const bytes = count(bag.open(path))
    if (folder === undefined) for await (const _ of bytes);
    else {
      const disk = join(folder, path)
      await mkdir(dirname(disk), { recursive: true })
      await pipeline(bytes, createWriteStream(disk, { flush: true }))
    }
  }
}

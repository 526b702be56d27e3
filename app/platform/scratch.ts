import { randomUUID } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { type FileHandle, open, readdir, rm, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from './problem.ts'
import type { Notes } from './zip/index.ts'

/** Bytes gathered before they are written. */
const BLOCK = 2 ** 18
/** Milliseconds between two touches of a file in use. */
const TOUCHED = 60 * 60 * 1000
/** Milliseconds after which a file that nobody has touched is a leftover. */
const LEFT_OVER = 24 * TOUCHED

/**
 * A file without a name, for what cannot be read as it arrives: it is gone when closed, also by a process's end.
 *
 * @param folder where there is room for it.
 */
export async function openScratch(folder = tmpdir()): Promise<FileHandle> {
  const path = join(folder, `kura-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  // An export may be read for days, and must not look like a leftover.
  const touching = setInterval(() => {
    const now = new Date()
    file.utimes(now, now).catch(() => {})
  }, TOUCHED)
  touching.unref()
  // Its types leave out that it is one.
  ;(file as unknown as EventEmitter).once('close', () => clearInterval(touching))
  return file
}

/**
 * Removes files that nobody has touched for a day. On NFS the client renames an open file that is unlinked, and
 * removes it when it is closed: so a node that is lost leaves its files, and nginx's too.
 */
export async function sweepScratch(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    // Another worker may be at it.
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() && found.mtimeMs < Date.now() - LEFT_OVER) await rm(path, { force: true })
  }
}

/**
 * Writes all of the bytes at the end of a scratch file.
 *
 * @throws Problem 507 if there is no room for them on this machine's disk, and whatever reading them throws.
 */
export async function writeScratch(file: FileHandle, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  try {
    // Not write(): that may write a part of them.
    await file.appendFile(bytes)
  } catch (error) {
    throw noRoom(error)
  }
}

/** The problem that a sender is told of where the disk is full; other errors as they are. */
export function noRoom(error: unknown): unknown {
  if (!['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')) return error
  return new Problem(
    507,
    'No room',
    'This server has no room left on its disk for what passes through. Send less at a time, or try again later.',
  )
}

/** Notes in a scratch file, which closes with whoever opened it. */
export function notesIn(file: FileHandle): Notes & { flush(): Promise<void> } {
  let gathered: Uint8Array[] = []
  let length = 0
  const flush = async () => {
    if (length > 0) await writeScratch(file, Buffer.concat(gathered))
    gathered = []
    length = 0
  }
  return {
    async append(bytes) {
      gathered.push(bytes)
      length += bytes.length
      if (length >= BLOCK) await flush()
    },
    async *read() {
      await flush()
      yield* file.createReadStream({ start: 0, autoClose: false })
    },
    flush,
  }
}

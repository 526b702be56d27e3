import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from './problem.ts'
import type { Notes } from './zip/index.ts'

/** Bytes gathered before they are written. */
const BLOCK = 2 ** 18

/** A file without a name, for what cannot be read as it arrives: it is gone when closed, also by a process's end. */
export async function openScratch(): Promise<FileHandle> {
  const path = join(tmpdir(), `kura-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
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
    if (!['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    throw new Problem(
      507,
      'No room',
      'This server has no room left on its disk for what passes through. Send less at a time, or try again later.',
    )
  }
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

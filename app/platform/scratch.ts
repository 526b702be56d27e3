import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file without a name, for what cannot be read as it arrives: it is gone when closed, also by a process's end. */
export async function openScratch(): Promise<FileHandle> {
  const path = join(tmpdir(), `kura-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

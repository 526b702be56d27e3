import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A small disk of its own, which can be full. */
export interface Disk {
  folder: string
  /** Leaves no room on it. */
  fill(): Promise<void>
  /** Takes away what filled it. */
  empty(): Promise<void>
  remove(): Promise<void>
}

/** @param size MiB */
export async function makeDisk(size: number): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-disk-'))
  // Whoever runs a server as another user has to get to its folder.
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=711`, 'kura-test', folder])
  const filler = join(folder, 'filler')
  return {
    folder,
    async fill() {
      const file = await open(filler, 'w')
      try {
        for (const piece of [2 ** 20, 4_096]) await fillUp(file, Buffer.alloc(piece))
      } finally {
        await file.close()
      }
    },
    empty: () => rm(filler, { force: true }),
    async remove() {
      // Of a server that has just been killed, something may still hold it.
      await run('umount', ['--lazy', folder])
      await rmdir(folder)
    },
  }
}

async function fillUp(file: Awaited<ReturnType<typeof open>>, piece: Buffer): Promise<void> {
  for (;;)
    try {
      await file.writev([piece])
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return
      throw error
    }
}

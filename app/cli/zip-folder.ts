import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { notesIn, openScratch } from '../platform/scratch.ts'
import { writeZip, type ZipFile } from '../platform/zip/index.ts'

/** A folder as a ZIP archive, packed while it is read. */
export async function* zipFolder(folder: string): AsyncGenerator<Uint8Array> {
  const scratch = await openScratch()
  try {
    yield* writeZip(filesBelow(folder, ''), new Date(), notesIn(scratch))
  } finally {
    await scratch.close()
  }
}

async function* filesBelow(root: string, below: string): AsyncGenerator<ZipFile> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    const disk = join(root, path)
    if (entry.isDirectory()) yield* filesBelow(root, path)
    else if (entry.isFile())
      yield { path, bytes: createReadStream(disk), size: (await stat(disk)).size, compress: false }
  }
}

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

const CACHE = join(import.meta.dirname, '../../node_modules/.cache')

/**
 * A folder that is built once for all who test, and anew when what it is built from changes.
 *
 * @param name the folder's, among those of this project.
 * @param sources paths of the files that it is built from.
 * @param build fills a folder that does not exist yet.
 */
export async function built(name: string, sources: string[], build: (folder: string) => Promise<void>) {
  const hash = createHash('sha256')
  for (const file of sources.sort()) hash.update(await readFile(file))
  const cache = join(CACHE, `kura-${name}`)
  const folder = join(cache, hash.digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  // Beside its place and then put there whole: several test files may be at it, and any may be broken off.
  const beside = await mkdtemp(join(cache, 'building-'))
  try {
    await build(join(beside, 'built'))
    await rename(join(beside, 'built'), folder).catch((error) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  return folder
}

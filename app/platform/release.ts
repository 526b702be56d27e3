import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the application and its list of packages are. */
const ROOT = join(import.meta.dirname, '../..')

let known: Promise<string> | undefined

/** A name for the program that runs: what another release made may not be what this one would make. */
export function release(): Promise<string> {
  known ??= digest()
  return known
}

async function digest(): Promise<string> {
  const paths = await Array.fromAsync(glob(['package.json', 'app/**/*.{ts,tsx}'], { cwd: ROOT }))
  const hash = createHash('sha256')
  for (const path of paths.sort()) hash.update(`${path}\0`).update(await readFile(join(ROOT, path)))
  return hash.digest('base64url')
}

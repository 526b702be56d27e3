import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { importInto, type Target } from '../../app/cli/import/index.ts'
import { root } from '../../app/cli/local.ts'
import { writePrivate } from './state.ts'

/** What was done about an institution's examples, in words; nothing if nothing was to be done. */
export async function loadExamples(tenant: string, target: Target, kept: string): Promise<string | undefined> {
  const folder = join(root, 'examples', tenant)
  if (!existsSync(folder)) return undefined
  const loaded: Record<string, string> = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {}
  const digest = digestOf(folder)
  if (loaded[tenant] === digest) return undefined

  const rejected: string[] = []
  let records = 0
  for await (const { source, status, errors } of importInto(target, [folder])) {
    records++
    if (status === 'rejected') rejected.push(`${source}: ${errors.map(({ message }) => message).join('; ')}`)
  }
  if (rejected.length > 0) return `${rejected.length} of ${records} records rejected: ${rejected.join('; ')}`
  writePrivate(kept, { ...loaded, [tenant]: digest })
  return `${records} records`
}

/** Changes when a file of the folder does. */
function digestOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort()
  return hash(
    'sha256',
    JSON.stringify(paths.map((path) => [relative(folder, path), hash('sha256', readFileSync(path))])),
  )
}

import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { importInto } from '../../app/cli/import/index.ts'
import { root } from '../../app/cli/local.ts'
import type { Target } from '../../app/cli/target.ts'
import { makeCollections } from './collections.ts'
import { writePrivate } from './state.ts'

/**
 * Imports an institution's examples if they have not been, or have changed since, and puts them into collections.
 *
 * @param kept file that says what was imported.
 * @returns how many records there are, and what was wrong with those that were rejected; nothing if nothing was to do.
 */
export async function loadExamples(
  tenant: string,
  target: Target,
  kept: string,
): Promise<{ records: number; rejected: string[] } | undefined> {
  const folder = join(root, 'examples', tenant)
  if (!existsSync(folder)) return undefined
  const loaded: Record<string, string> = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {}
  const digest = digestOf(folder)
  if (loaded[tenant] === digest) return undefined

  const outcomes = await Array.fromAsync(importInto(target, [folder]))
  const rejected = outcomes
    .filter(({ status }) => status === 'rejected')
    .map(({ source, errors }) => `${source}: ${errors.map(({ message }) => message).join('; ')}`)
  const numbers = new Map(outcomes.flatMap(({ source, item }) => (source && item ? [[source, item.number]] : [])))
  await makeCollections(target, join(folder, 'collections.json'), numbers)
  if (rejected.length === 0) writePrivate(kept, { ...loaded, [tenant]: digest })
  return { records: outcomes.length, rejected }
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

import type { Env } from '../env.ts'
import { notFound, Problem } from '../platform/problem.ts'
import type { Finding } from '../records/index.ts'
import type { Dissemination } from './dissemination.ts'
import { may } from './permission.ts'
import { itemQuality } from './quality.ts'
import { readItem } from './read.ts'

/**
 * The ETag of an item: its revision, and what shows in it without one: how many versions there are, and how often scans
 * have said something new of its files.
 */
export function etagOf(item: { revision: number; versions?: readonly unknown[]; scans?: number }): string {
  const { revision, versions = [], scans = 0 } = item
  if (scans > 0) return `"${revision}.${versions.length}.${scans}"`
  return versions.length > 0 ? `"${revision}.${versions.length}"` : `"${revision}"`
}

/** The files that an actor may know of, as the API gives them: those that are held come last. */
export const filesOf = ({ files, held }: Pick<Dissemination, 'files' | 'held'>) => [...files, ...held]

/** What an actor may see of an item, as the API gives it. */
export const itemJson = ({ held, scans: _, ...item }: Dissemination) => ({
  ...item,
  files: filesOf({ files: item.files, held }),
  updatedAt: item.updatedAt.toISOString(),
  versions: item.versions.map((made) => ({ ...made, madeAt: made.madeAt.toISOString() })),
})

/**
 * An item as the actor may see it.
 *
 * @throws Problem 404 where there is none that the actor may know of, 410 where a tombstone is left.
 */
export async function readLiveItem(
  { tenant, actor }: Pick<Env['Variables'], 'tenant' | 'actor'>,
  number: number,
): Promise<Dissemination> {
  const reading = await readItem(tenant, actor, number)
  if (!reading) throw notFound(`There is no item ${number}.`)
  if (reading.kind === 'item') return reading.item
  const { status, reason } = reading.tombstone
  throw new Problem(410, 'Gone', reason ? `Item ${number} was ${status}: ${reason}` : `Item ${number} was ${status}.`)
}

/**
 * An item as JSON, with its ETag.
 *
 * @param found what was found in the record before its quality was looked at.
 */
export async function representItem(
  variables: Pick<Env['Variables'], 'tenant' | 'actor'>,
  number: number,
  found: readonly Finding[] = [],
) {
  const item = await readLiveItem(variables, number)
  const stored = filesOf(item)
    .filter(({ access }) => access !== 'link')
    .map(({ described }) => described)
  const body = {
    ...itemJson(item),
    ...(may(variables.actor, 'write') && {
      warnings: [...found, ...itemQuality(variables.tenant, item.record, stored)],
    }),
  }
  return [body, 200, { etag: etagOf(item) }] as const
}

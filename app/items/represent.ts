import type { Env } from '../env.ts'
import { notFound, Problem } from '../platform/problem.ts'
import type { Finding } from '../records/index.ts'
import type { Dissemination } from './dissemination.ts'
import { may } from './permission.ts'
import { itemQuality } from './quality.ts'
import { readItem } from './read.ts'

/** The ETag of an item: its revision, and how many versions there are, each of which shows in it without a revision. */
export const etagOf = ({ revision, versions }: { revision: number; versions?: readonly unknown[] }) =>
  versions?.length ? `"${revision}.${versions.length}"` : `"${revision}"`

/** What an actor may see of an item, as the API gives it. */
export const itemJson = (item: Dissemination) => ({
  ...item,
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
  const held = item.files.filter(({ access }) => access !== 'link').map(({ described }) => described)
  const body = {
    ...itemJson(item),
    ...(may(variables.actor, 'write') && {
      warnings: [...found, ...itemQuality(variables.tenant, item.record, held)],
    }),
  }
  return [body, 200, { etag: etagOf(item) }] as const
}

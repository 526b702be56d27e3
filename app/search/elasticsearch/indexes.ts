import { type Ask, statusOf } from './connection.ts'
import { mappings, settings, VERSION } from './mapping.ts'

/** Milliseconds that making or removing an index may take. */
const PATIENCE = { requestTimeout: 60_000 }

/**
 * The indexes of one institution. `kura-<id>` is where it is searched and stands for one of them, `kura-<id>.1` and so
 * on; `kura-<id>.writes` stands for all that are written: two while one is made anew. No id has a dot, so that
 * `kura-<id>.*` is nobody else's.
 */
export const searched = (id: string): string => `kura-${id}`
export const written = (id: string): string => `kura-${id}.writes`
export const allOf = (id: string): string => `kura-${id}.*`

/**
 * Makes the institution's first index if it has none.
 *
 * @param whenNew is done before anybody can search in it.
 */
export async function ensureIndex(ask: Ask, id: string, whenNew: () => Promise<void>): Promise<void> {
  if (await ask((client) => client.indices.existsAlias({ name: searched(id) }))) return
  const index = await createIndex(ask, id)
  await whenNew()
  await ask((client) =>
    client.indices.updateAliases(
      {
        actions: [{ add: { index, alias: searched(id) } }, { add: { index, alias: written(id) } }],
      },
      PATIENCE,
    ),
  )
}

/** Removes all that the institution has. */
export async function removeIndexes(ask: Ask, id: string): Promise<void> {
  const there = await indexesOf(ask, id)
  if (there.length > 0)
    await ask((client) => client.indices.delete({ index: there, ignore_unavailable: true }, PATIENCE))
}

/**
 * Begins another index: what is put from now on comes into it, too. One that was begun before is given up. Where all was
 * lost there is none that is searched until this one takes its place.
 */
export async function beginAnew(ask: Ask, id: string): Promise<string> {
  const [current] = await ifAny(ask, searched(id))
  const given = (await indexesOf(ask, id)).filter((index) => index !== current)
  if (given.length > 0) await ask((client) => client.indices.delete({ index: given }, PATIENCE))
  const index = await createIndex(ask, id)
  await ask((client) => client.indices.updateAliases({ actions: [{ add: { index, alias: written(id) } }] }, PATIENCE))
  return index
}

/** The index that was begun last by a release of this form, and has not taken the other's place. */
export async function begun(ask: Ask, id: string): Promise<string | undefined> {
  const current = await ifAny(ask, searched(id))
  const index = (await ifAny(ask, written(id))).find((index) => !current.includes(index))
  return index !== undefined && !(await isOutdated(ask, index)) ? index : undefined
}

/** Whether an index (or the one behind an alias) is gone, or in the form of another release. */
export async function isOutdated(ask: Ask, index: string): Promise<boolean> {
  if (!(await ask((client) => client.indices.exists({ index })))) return true
  const found = await ask((client) => client.indices.getMapping({ index }))
  return Object.values(found).some(({ mappings }) => mappings._meta?.version !== VERSION)
}

/**
 * Lets another index take the place of the one that is searched, in one step, and removes that.
 *
 * @param items how many items it must hold at least.
 * @throws Error if it holds fewer: the one before stays.
 */
export async function takePlace(ask: Ask, id: string, index: string, items: number): Promise<void> {
  await ask((client) => client.indices.refresh({ index }, PATIENCE))
  const { count } = await ask((client) => client.count({ index, query: { exists: { field: 'status' } } }))
  if (count < items) throw new Error(`${index} holds ${count} of ${items} items: the index before stays`)
  const former = (await indexesOf(ask, id)).filter((other) => other !== index)
  await ask((client) =>
    client.indices
      .updateAliases(
        {
          actions: [
            { add: { index, alias: searched(id) } },
            { add: { index, alias: written(id) } },
            ...former.map((other) => ({ remove_index: { index: other } })),
          ],
        },
        PATIENCE,
      )
      .catch((error) => {
        // Another process that wrote it, too, may have been quicker: then there is nothing left to remove.
        if (statusOf(error) !== 404) throw error
      }),
  )
  const [current] = await behind(ask, searched(id))
  if (current !== index) throw new Error(`${index} has not taken the place of ${current}`)
}

/** The indexes that an alias stands for. */
export async function behind(ask: Ask, alias: string): Promise<string[]> {
  return Object.keys(await ask((client) => client.indices.getAlias({ name: alias })))
}

/** The same, where there may be no such alias. */
async function ifAny(ask: Ask, alias: string): Promise<string[]> {
  return (await ask((client) => client.indices.existsAlias({ name: alias }))) ? await behind(ask, alias) : []
}

async function indexesOf(ask: Ask, id: string): Promise<string[]> {
  return Object.keys(await ask((client) => client.indices.get({ index: allOf(id), filter_path: '*.aliases' })))
}

/** @returns its name: a number more than the last. */
async function createIndex(ask: Ask, id: string): Promise<string> {
  const numbers = (await indexesOf(ask, id)).map((name) => Number(name.slice(name.lastIndexOf('.') + 1)))
  const index = `${searched(id)}.${Math.max(0, ...numbers) + 1}`
  await ask((client) => client.indices.create({ index, settings, mappings }, PATIENCE))
  return index
}

import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { notFound, Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'
import { setHeadings, type WantedHeading } from './headings.ts'
import { type Collection, type CollectionInDetail, readCollection } from './read.ts'
import { changeTree, deriveBranch, lastPosition, mustFit, positionBefore } from './tree.ts'

export interface NewCollection {
  name: Label
  parent?: number | null | undefined
  /** Last of its parent's if nothing is said. */
  position?: number | undefined
  kind: Collection['kind']
  public: boolean
  harvested: boolean
  headings?: WantedHeading[] | undefined
}

export interface CollectionPatch extends Partial<{ [field in keyof NewCollection]: NewCollection[field] | undefined }> {
  /** One of the same parent that it is to stand right before; null puts it last. */
  before?: number | null | undefined
}

/**
 * Makes a collection.
 *
 * @throws Problem 422 where the parent is not there or lies too deep.
 */
export const makeCollection = (tenant: Tenant, actor: Actor, made: NewCollection): Promise<CollectionInDetail> =>
  changeTree(tenant, async (tx) => {
    const parent = made.parent ?? null
    await mustFit(tx, undefined, parent)
    const { id } = await tx
      .insertInto('collection')
      .values({
        parent,
        position: made.position ?? (await lastPosition(tx, parent)),
        name: JSON.stringify(made.name),
        kind: made.kind,
        public: made.public,
        harvested: made.harvested,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await deriveBranch(tx, id)
    if (made.headings) await setHeadings(tx, id, made.headings)
    return await asChanged(tx, actor, id)
  })

/**
 * Names, moves, opens or closes a collection, or changes how its items are ordered. What harvesters get of the items
 * in it and below follows at once, in parts of bounded size that the outbox keeps.
 *
 * @throws Problem 404 where there is none; 422 where the parent is not there, lies below or too deep, or where `before`
 *   or a heading is none of those that it may be.
 */
export const changeCollection = (
  tenant: Tenant,
  actor: Actor,
  id: number,
  patch: CollectionPatch,
): Promise<CollectionInDetail> =>
  changeTree(tenant, async (tx) => {
    const present = await tx.selectFrom('collection').select('parent').where('id', '=', id).executeTakeFirst()
    if (!present) throw missing(id)
    const { name, parent = present.parent, kind, headings } = patch
    const moves = parent !== present.parent
    if (moves) await mustFit(tx, id, parent)
    const position = await positionFor(tx, id, parent, moves, patch)
    const changes = {
      ...(name && { name: JSON.stringify(name) }),
      ...(moves && { parent }),
      ...(position !== undefined && { position }),
      ...(kind && { kind }),
      ...(patch.public !== undefined && { public: patch.public }),
      ...(patch.harvested !== undefined && { harvested: patch.harvested }),
    }
    if (Object.keys(changes).length > 0) await tx.updateTable('collection').set(changes).where('id', '=', id).execute()
    // Before the headings: it waits for items that are being changed, and they may wait for what lies under a heading.
    if (moves || patch.public !== undefined || patch.harvested !== undefined) await deriveBranch(tx, id)
    if (headings) await setHeadings(tx, id, headings)
    return await asChanged(tx, actor, id)
  })

/**
 * Removes a collection in which no other lies. Its id is never given again.
 *
 * @param items what becomes of items in it: `keep` refuses where there are any, `leave` lets them leave it.
 * @throws Problem 404 where there is none, 409 where collections or, to be kept, items lie in it.
 */
export const deleteCollection = (tenant: Tenant, id: number, items: 'keep' | 'leave'): Promise<void> =>
  changeTree(tenant, async (tx) => {
    const { rows } = await sql<{ below: boolean; items: number }>`
      select exists (select from collection as below where below.parent = collection.id) as below,
             (select count(*) from item_collection where collection = collection.id) as items
      from collection where id = ${id}`.execute(tx)
    const [present] = rows
    if (!present) throw missing(id)
    if (present.below)
      throw new Problem(409, 'Not empty', `Collections lie in ${id}: move or delete them first, each by itself.`)
    if (present.items > 0 && items === 'keep')
      throw new Problem(
        409,
        'Not empty',
        `${present.items} items lie in collection ${id}: ask with ?items=leave to let them leave it.`,
      )
    await sql`
      insert into outbox (work, item, revision)
      select work, number, revision
      from item join item_collection on item_collection.item = item.number, unnest(array['publish', 'index']) as work
      where collection = ${id}`.execute(tx)
    await tx.deleteFrom('item_collection').where('collection', '=', id).execute()
    await tx.deleteFrom('heading').where('collection', '=', id).execute()
    await tx.deleteFrom('collection').where('id', '=', id).execute()
  })

async function positionFor(
  tx: Tx,
  id: number,
  parent: number | null,
  moves: boolean,
  { position, before }: CollectionPatch,
): Promise<number | undefined> {
  if (position !== undefined && before !== undefined)
    throw new Problem(422, 'Invalid', 'Say either position or before, not both.')
  if (before != null) return await positionBefore(tx, parent, before, id)
  if (before === null || (moves && position === undefined)) return await lastPosition(tx, parent)
  return position
}

const asChanged = async (tx: Tx, actor: Actor, id: number) =>
  (await readCollection({ db: tx }, actor, id)) as CollectionInDetail

const missing = (id: number) => notFound(`There is no collection ${id}.`)

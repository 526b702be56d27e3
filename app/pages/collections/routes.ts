import { type Context, Hono } from 'hono'
import {
  After,
  type Collection,
  type CollectionName,
  firstBelow,
  issueBegunBefore,
  listCollections,
  readCollection,
  readIssues,
  readMembers,
  writePosition,
} from '../../collections/index.ts'
import type { Env } from '../../env.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import { pageFor } from '../language.ts'
import { renderCollection } from './collection.tsx'
import { collectionAddress } from './names.tsx'
import { renderTop } from './top.tsx'

/** Collections on a page, and items. */
const PAGE = 50
/** Collections named beside the one that they lie in. */
const NAMED_BELOW = 6

/** The tree of collections, level by level, and what lies in them. */
export function collectionPages(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/collections', async (c) => {
    const { tenant, actor } = c.var
    const after = positionIn(c.req.query('after'))
    const [settings, { collections, next }] = await Promise.all([
      tenant.settings(),
      listCollections(tenant, actor, { parent: null, after, size: PAGE }),
    ])
    const below = await namedBelow(c, collections)
    return c.html(
      renderTop(pageFor(c, settings, tenant), {
        collections,
        below,
        first: after && '/collections',
        next: next && `/collections?after=${writePosition(next)}`,
      }),
    )
  })
  app.get('/collections/:collection{[1-9][0-9]{0,8}}', (c) => collectionPage(c, Number(c.req.param('collection'))))
  return app
}

/** The beginning of both, or where one goes on: `?below=` with the collections, `?after=` with the items. */
async function collectionPage(c: Context<Env>, id: number): Promise<Response> {
  const { tenant, actor } = c.var
  const after = c.req.query('after')
  const below = positionIn(c.req.query('below'))
  const [settings, collection] = await Promise.all([tenant.settings(), readCollection(tenant, actor, id)])
  if (!collection) throw notFound()
  const [level, read] = await Promise.all([
    after === undefined && collection.collections > 0
      ? listCollections(tenant, actor, { parent: id, after: below, size: PAGE })
      : undefined,
    below === undefined ? readMembers(tenant, actor, collection, { after, size: PAGE }) : undefined,
  ])
  const inParts = read?.next !== undefined || after !== undefined
  const start = collectionAddress(id)
  return c.html(
    renderCollection(pageFor(c, settings, tenant), {
      collection,
      collections: level && {
        entries: level.collections,
        below: await namedBelow(c, level.collections),
        first: below && start,
        next: level.next && `${start}?below=${writePosition(level.next)}`,
      },
      members: read && {
        entries: read.members,
        ...(collection.kind === 'contents' && {
          issueBefore: after && issueBegunBefore(after),
          issues: inParts ? await readIssues(tenant, actor, id) : undefined,
        }),
        first: after && start,
        next: read.next && `${start}?after=${encodeURIComponent(read.next)}`,
      },
    }),
  )
}

/** The first collections right in each of these. */
async function namedBelow(c: Context<Env>, among: Collection[]): Promise<Map<number, CollectionName[]>> {
  const ids = among.flatMap(({ id, collections }) => (collections > 0 ? id : []))
  return ids.length > 0 ? await firstBelow(c.var.tenant, c.var.actor, ids, NAMED_BELOW) : new Map()
}

function positionIn(text: string | undefined) {
  if (text === undefined) return undefined
  const { data, error } = After.safeParse(text)
  if (error) throw new Problem(422, 'Invalid', error.issues[0]?.message ?? 'is wrong')
  return data
}

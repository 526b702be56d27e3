import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { type Actor, demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { itemUrl, may } from '../items/index.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { refuseInvalid } from '../platform/validation.ts'
import type { Tenant } from '../tenancy/index.ts'
import { type Member, readMembers } from './items.ts'
import { changeCollection, deleteCollection, makeCollection } from './operations.ts'
import { putIntoCollections } from './placing.ts'
import { listCollections, placingsOf, readCollection, type Collection as Stored } from './read.ts'
import {
  After,
  Collection,
  CollectionInDetail,
  CollectionPatch,
  Members,
  NewCollection,
  NewPlacement,
  Placement,
  writePosition,
} from './schemas.ts'

/** Collections, or items, on a page. */
const PAGE = 100

const NumberInPath = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/)
  .transform(Number)
const InPath = z.object({ collection: NumberInPath })

const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: z.looseObject({}) } },
})
const problems = { 401: problem('No token'), 403: problem('Not allowed') }
const changing = { ...problems, 422: problem('Invalid') }
const noCollection = problem('No such collection, or none that the caller may see')

const routes = {
  list: createRoute({
    method: 'get',
    path: '/collections',
    request: { query: z.object({ parent: NumberInPath.optional(), after: After.optional() }) },
    responses: {
      200: {
        description: 'A page of the collections right in one, or at the top; `next` is where to go on ("after")',
        content: json(z.object({ collections: z.array(Collection), next: z.string().optional() })),
      },
      422: problem('Invalid'),
    },
  }),
  make: createRoute({
    method: 'post',
    path: '/collections',
    request: { body: { required: true, content: json(NewCollection) } },
    responses: { 201: { description: 'The collection that was made', content: json(CollectionInDetail) }, ...changing },
  }),
  read: createRoute({
    method: 'get',
    path: '/collections/{collection}',
    request: { params: InPath },
    responses: { 200: { description: 'The collection', content: json(CollectionInDetail) }, 404: noCollection },
  }),
  change: createRoute({
    method: 'patch',
    path: '/collections/{collection}',
    request: { params: InPath, body: { required: true, content: json(CollectionPatch) } },
    responses: {
      200: { description: 'The collection after the change', content: json(CollectionInDetail) },
      404: noCollection,
      ...changing,
    },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/collections/{collection}',
    request: {
      params: InPath,
      query: z.object({
        items: z
          .enum(['keep', 'leave'])
          .default('keep')
          .openapi({ description: 'leave: items may lie in it, and leave it. keep: it is refused then' }),
      }),
    },
    responses: {
      204: { description: 'Deleted' },
      404: noCollection,
      409: problem('Collections or items lie in it'),
      ...changing,
    },
  }),
  members: createRoute({
    method: 'get',
    path: '/collections/{collection}/items',
    request: { params: InPath, query: z.object({ after: z.string().max(4_000).optional() }) },
    responses: {
      200: { description: 'A page of its items, in its order', content: json(Members) },
      404: noCollection,
      422: problem('Invalid'),
    },
  }),
  placement: createRoute({
    method: 'get',
    path: '/items/{number}/collections',
    request: { params: z.object({ number: NumberInPath }) },
    responses: {
      200: { description: 'The collections that the item lies in, as they can be put', content: json(Placement) },
      404: problem('No such item'),
      ...problems,
    },
  }),
  place: createRoute({
    method: 'put',
    path: '/items/{number}/collections',
    request: { params: z.object({ number: NumberInPath }), body: { required: true, content: json(NewPlacement) } },
    responses: {
      204: { description: 'The item lies in these collections and no others' },
      404: problem('No such item'),
      ...changing,
    },
  }),
}

/** The API's routes for collections and what lies in them, below `/api/v1`. */
export function collectionRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/collections/*', bodyLimit({ maxSize: 256 * 1024, onError: refuseLarge }))
  app.use('/items/:number/collections', bodyLimit({ maxSize: 256 * 1024, onError: refuseLarge }))

  app.openapi(routes.list, async (c) => {
    const { tenant, actor } = c.var
    const { parent = null, after } = c.req.valid('query')
    const { collections, next } = await listCollections(tenant, actor, { parent, after, size: PAGE })
    return c.json(
      { collections: collections.map((each) => seenBy(actor, each)), ...(next && { next: writePosition(next) }) },
      200,
    )
  })
  app.openapi(routes.make, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    return c.json(await makeCollection(tenant, actor, c.req.valid('json')), 201)
  })
  app.openapi(routes.read, async (c) => {
    const found = await find(c.var, c.req.valid('param').collection)
    return c.json(seenBy(c.var.actor, found), 200)
  })
  app.openapi(routes.change, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    return c.json(await changeCollection(tenant, actor, c.req.valid('param').collection, c.req.valid('json')), 200)
  })
  app.openapi(routes.delete, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await deleteCollection(c.var.tenant, c.req.valid('param').collection, c.req.valid('query').items)
    return c.body(null, 204)
  })
  app.openapi(routes.members, async (c) => {
    const { tenant, actor } = c.var
    const collection = await find(c.var, c.req.valid('param').collection)
    const { after } = c.req.valid('query')
    const { members, next } = await readMembers(tenant, actor, collection, { after, size: PAGE })
    return c.json({ items: members.map((member) => asItem(tenant, member)), ...(next && { next }) }, 200)
  })
  app.openapi(routes.placement, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    const { number } = c.req.valid('param')
    const placings = await placingsOf(c.var.tenant, number)
    if (!placings) throw notFound(`There is no item ${number}.`)
    const collections = placings.map((each) => (each.heading === undefined ? each.collection : each))
    return c.json({ collections }, 200)
  })
  app.openapi(routes.place, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await putIntoCollections(c.var.tenant, c.req.valid('param').number, c.req.valid('json').collections)
    return c.body(null, 204)
  })
  return app
}

async function find({ tenant, actor }: Env['Variables'], id: number) {
  const found = await readCollection(tenant, actor, id)
  if (!found) throw notFound(`There is no collection ${id}.`)
  return found
}

/** Position and flags are of no use to readers, and none of their business. */
function seenBy<T extends Stored>(actor: Actor, collection: T) {
  if (may(actor, 'write')) return collection
  const { position, public: _, harvested, ...rest } = collection
  return rest
}

const asItem = (tenant: Tenant, { summary, issueKey, ...place }: Member) => ({
  number: summary.number,
  url: itemUrl(tenant, summary.number),
  titles: summary.titles,
  ...place,
})

function refuseLarge(): never {
  throw new Problem(413, 'Too large', 'The body of this request may have 256 KiB at most.')
}

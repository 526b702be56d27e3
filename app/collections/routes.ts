import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { type Actor, demand, forAll, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { itemUrl, may } from '../items/index.ts'
import { headers, json, problems } from '../platform/openapi.ts'
import { pages, withQuery } from '../platform/paging.ts'
import { notFound } from '../platform/problem.ts'
import { limitBody, refuseInvalid } from '../platform/validation.ts'
import type { Tenant } from '../tenancy/index.ts'
import { type Member, readMembers } from './items.ts'
import { changeCollection, deleteCollection, makeCollection } from './operations.ts'
import { putIntoCollections } from './placing.ts'
import { listCollections, placingsOf, readCollection, type Collection as Stored } from './read.ts'
import {
  CollectionInDetail,
  CollectionPage,
  CollectionPatch,
  DeleteQuery,
  InPath,
  ItemInPath,
  ListQuery,
  Members,
  MembersQuery,
  NewCollection,
  NewPlacement,
  Placement,
  writePosition,
} from './schemas.ts'

/** Collections, or items, on a page. */
const PAGE = 100

const tags = ['Collections']
const security = needs('items:write')
const noCollection = { 404: 'There is no such collection, or none that the caller may see' }
const noItem = { 404: 'There is no such item' }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/collections',
    tags,
    operationId: 'listCollections',
    summary: 'List the collections at the top, or in another',
    description: `One level of the tree, ${PAGE} at a time, in their order.`,
    security: forAll,
    request: { query: ListQuery },
    responses: {
      200: { description: 'A page of collections', headers: { Link: headers.Link }, content: json(CollectionPage) },
    },
  }),
  make: createRoute({
    method: 'post',
    path: '/collections',
    tags,
    operationId: 'makeCollection',
    summary: 'Make a collection',
    security,
    request: {
      body: {
        required: true,
        content: json(NewCollection, { name: { ja: '研究紀要', en: 'Research Bulletin' }, kind: 'contents' }),
      },
    },
    responses: {
      201: {
        description: 'The collection',
        headers: { Location: headers.Location },
        content: json(CollectionInDetail),
      },
    },
  }),
  read: createRoute({
    method: 'get',
    path: '/collections/{collection}',
    tags,
    operationId: 'readCollection',
    summary: 'Read a collection',
    security: forAll,
    request: { params: InPath },
    responses: {
      200: { description: 'The collection', content: json(CollectionInDetail) },
      ...problems(noCollection),
    },
  }),
  change: createRoute({
    method: 'patch',
    path: '/collections/{collection}',
    tags,
    operationId: 'changeCollection',
    summary: 'Change or move a collection',
    description: 'Changes what the body names, and leaves the rest.',
    security,
    request: {
      params: InPath,
      body: { required: true, content: json(CollectionPatch, { parent: 3, before: null }) },
    },
    responses: {
      200: { description: 'The collection after the change', content: json(CollectionInDetail) },
      ...problems(noCollection),
    },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/collections/{collection}',
    tags,
    operationId: 'deleteCollection',
    summary: 'Delete a collection',
    description: 'Its items stay, in the other collections that they lie in, or in none.',
    security,
    request: { params: InPath, query: DeleteQuery },
    responses: {
      204: { description: 'It is deleted' },
      ...problems({ ...noCollection, 409: 'Collections lie in it, or items that are to stay in it' }),
    },
  }),
  members: createRoute({
    method: 'get',
    path: '/collections/{collection}/items',
    tags,
    operationId: 'listItemsOfCollection',
    summary: 'List the items of a collection',
    description: `Those right in it, ${PAGE} at a time: the newest first, or as contents by volume, issue and page.`,
    security: forAll,
    request: { params: InPath, query: MembersQuery },
    responses: {
      200: { description: 'A page of items', headers: { Link: headers.Link }, content: json(Members) },
      ...problems(noCollection),
    },
  }),
  placement: createRoute({
    method: 'get',
    path: '/items/{number}/collections',
    tags,
    operationId: 'listCollectionsOfItem',
    summary: 'List the collections of an item',
    description: 'In the form in which they can be put.',
    security,
    request: { params: ItemInPath },
    responses: { 200: { description: 'The collections', content: json(Placement) }, ...problems(noItem) },
  }),
  place: createRoute({
    method: 'put',
    path: '/items/{number}/collections',
    tags,
    operationId: 'putItemIntoCollections',
    summary: 'Put an item into collections',
    description: 'It lies in these collections from then on, and in no others.',
    security,
    request: {
      params: ItemInPath,
      body: { required: true, content: json(NewPlacement, { collections: [3, { collection: 14, heading: 2 }] }) },
    },
    responses: { 204: { description: 'It lies in these collections' }, ...problems(noItem) },
  }),
}

/** The API's routes for collections and what lies in them, below `/api/v1`. */
export function collectionRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/collections/*', limitBody(256))
  app.use('/items/:number/collections', limitBody(256))

  app.openapi(routes.list, async (c) => {
    const { tenant, actor } = c.var
    const { parent = null, after } = c.req.valid('query')
    const { collections, next } = await listCollections(tenant, actor, { parent, after, size: PAGE })
    const { body, headers } = pages(
      (place) => withQuery(`${tenant.url}/api/v1/collections`, { parent: parent ?? undefined, after: place }),
      { after: after && writePosition(after), next: next && writePosition(next) },
    )
    return c.json({ collections: collections.map((each) => seenBy(actor, each)), ...body }, 200, headers)
  })
  app.openapi(routes.make, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const made = await makeCollection(tenant, actor, c.req.valid('json'))
    return c.json(made, 201, { location: `${tenant.url}/api/v1/collections/${made.id}` })
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
    const list = `${tenant.url}/api/v1/collections/${collection.id}/items`
    const { body, headers } = pages((place) => withQuery(list, { after: place }), { after, next })
    return c.json({ items: members.map((member) => asItem(tenant, member)), ...body }, 200, headers)
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

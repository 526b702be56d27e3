import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { may } from '../items/index.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { refuseInvalid } from '../platform/validation.ts'
import { changeCollection, makeCollection, putIntoCollections } from './operations.ts'
import { collectionsOf, listCollections } from './read.ts'

const Id = z.int().min(1).max(2_147_483_647)
/** XML, and so OAI-PMH, cannot carry control characters. */
const Name = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}\ufffe\uffff]*$/u, 'must not hold control characters')
const Fields = z.strictObject({
  name: z.strictObject({ ja: Name, en: Name.optional() }),
  parent: Id.nullable().openapi({ description: 'The collection that it lies in; null at the top' }),
  position: z.int().min(0).max(1_000_000).openapi({ description: 'Order among those of one parent' }),
  public: z.boolean(),
  harvested: z.boolean().openapi({
    description: 'Harvesters get an item through any of its collections that is public and harvested with all above it',
  }),
})
const NewCollection = Fields.extend({
  parent: Fields.shape.parent.default(null),
  position: Fields.shape.position.optional(),
  public: Fields.shape.public.default(true),
  harvested: Fields.shape.harvested.default(true),
}).openapi('NewCollection')
const CollectionPatch = Fields.partial().openapi('CollectionPatch')
const Collection = Fields.extend({ id: Id }).openapi('Collection')
const Placement = z.strictObject({ collections: z.array(Id).max(100) }).openapi('Placement')

const NumberInPath = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/)
  .transform(Number)

const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: z.looseObject({}) } },
})
const problems = { 401: problem('No token'), 403: problem('Not allowed') }
const changing = { ...problems, 422: problem('Invalid') }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/collections',
    responses: {
      200: { description: 'All collections', content: json(z.object({ collections: z.array(Collection) })) },
      ...problems,
    },
  }),
  make: createRoute({
    method: 'post',
    path: '/collections',
    request: { body: { required: true, content: json(NewCollection) } },
    responses: { 201: { description: 'The collection that was made', content: json(Collection) }, ...changing },
  }),
  change: createRoute({
    method: 'patch',
    path: '/collections/{collection}',
    request: {
      params: z.object({ collection: NumberInPath }),
      body: { required: true, content: json(CollectionPatch) },
    },
    responses: {
      200: { description: 'The collection after the change', content: json(Collection) },
      404: problem('No such collection'),
      ...changing,
    },
  }),
  placement: createRoute({
    method: 'get',
    path: '/items/{number}/collections',
    request: { params: z.object({ number: NumberInPath }) },
    responses: {
      200: { description: 'The collections that the item lies in', content: json(Placement) },
      404: problem('No such item'),
      ...problems,
    },
  }),
  place: createRoute({
    method: 'put',
    path: '/items/{number}/collections',
    request: { params: z.object({ number: NumberInPath }), body: { required: true, content: json(Placement) } },
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
  app.use('/collections/*', bodyLimit({ maxSize: 64 * 1024, onError: refuseLarge }))

  app.openapi(routes.list, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    return c.json({ collections: await listCollections(c.var.tenant) }, 200)
  })
  app.openapi(routes.make, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    return c.json(await makeCollection(c.var.tenant, c.req.valid('json')), 201)
  })
  app.openapi(routes.change, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    const { collection } = c.req.valid('param')
    return c.json(await changeCollection(c.var.tenant, collection, c.req.valid('json')), 200)
  })
  app.openapi(routes.placement, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    const { number } = c.req.valid('param')
    const collections = await collectionsOf(c.var.tenant, number)
    if (!collections) throw notFound(`There is no item ${number}.`)
    return c.json({ collections }, 200)
  })
  app.openapi(routes.place, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await putIntoCollections(c.var.tenant, c.req.valid('param').number, c.req.valid('json').collections)
    return c.body(null, 204)
  })
  return app
}

function refuseLarge(): never {
  throw new Problem(413, 'Too large', 'The body of this request may have 64 KiB at most.')
}

import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { demand, forAll, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { headers, json, problems } from '../platform/openapi.ts'
import { pages, withQuery } from '../platform/paging.ts'
import { limitBody, refuseInvalid } from '../platform/validation.ts'
import { versionUrl } from './disseminate.ts'
import { deleteItem, makeVersion, restoreItem, withdrawItem } from './operations.ts'
import { may } from './permission.ts'
import { reportQuality } from './quality.ts'
import { listItems } from './read-many.ts'
import { itemJson, representItem } from './represent.ts'
import { InPath, Item, ItemList, ListQuery, QualityReport, Version, Withdrawal } from './schemas.ts'

const tags = ['Items']
const security = needs('items:write')
const noItem = { 404: 'There is no such item' }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/items',
    tags,
    operationId: 'listItems',
    summary: 'List the items',
    description:
      'Whole items by their number, page after page; those that the caller may read. What has changed since a moment is told by OAI-PMH, in whose order nothing is missed.',
    security: forAll,
    request: { query: ListQuery },
    responses: { 200: { description: 'A page', headers: { Link: headers.Link }, content: json(ItemList) } },
  }),
  read: createRoute({
    method: 'get',
    path: '/items/{number}',
    tags,
    operationId: 'readItem',
    summary: 'Read an item',
    description: 'The item as the caller may see it: its record, its files, and the versions that can be cited.',
    security: forAll,
    request: { params: InPath },
    responses: {
      200: { description: 'The item', headers: { ETag: headers.ETag }, content: json(Item) },
      ...problems({ ...noItem, 410: 'The item was withdrawn or deleted; the reason is in "detail"' }),
    },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/items/{number}',
    tags,
    operationId: 'deleteItem',
    summary: 'Delete an item for good',
    description: 'Its files are removed. Its address answers 410 ever after, and harvesters are told that it is gone.',
    security,
    request: { params: InPath },
    responses: {
      204: { description: 'It is deleted' },
      ...problems({ ...noItem, 410: 'It was deleted before' }),
    },
  }),
  makeVersion: createRoute({
    method: 'post',
    path: '/items/{number}/versions',
    tags,
    operationId: 'makeVersion',
    summary: 'Make a version that can be cited',
    description: 'Keeps the item as it stands now under an address of its own, which never changes.',
    security,
    request: { params: InPath },
    responses: {
      201: { description: 'The version', headers: { Location: headers.Location }, content: json(Version) },
      ...problems({
        ...noItem,
        409: 'Nothing has changed since the last version, or the item is withdrawn',
        410: 'The item was deleted',
      }),
    },
  }),
  withdraw: createRoute({
    method: 'post',
    path: '/items/{number}/withdrawal',
    tags,
    operationId: 'withdrawItem',
    summary: 'Withdraw an item',
    description: 'Nobody can read it any more. Its address answers 410 with its title and the reason.',
    security,
    middleware: limitBody(64),
    request: {
      params: InPath,
      body: { required: true, content: json(Withdrawal, { reason: 'Published by mistake.' }) },
    },
    responses: {
      204: { description: 'It is withdrawn' },
      ...problems({ ...noItem, 409: 'It is withdrawn already', 410: 'The item was deleted' }),
    },
  }),
  restore: createRoute({
    method: 'delete',
    path: '/items/{number}/withdrawal',
    tags,
    operationId: 'restoreItem',
    summary: 'Take a withdrawal back',
    description: 'The item can be read again, as it was before.',
    security,
    request: { params: InPath },
    responses: {
      204: { description: 'It can be read again' },
      ...problems({ ...noItem, 409: 'It is not withdrawn', 410: 'The item was deleted' }),
    },
  }),
  quality: createRoute({
    method: 'get',
    path: '/quality',
    tags,
    operationId: 'reportQuality',
    summary: 'Count what aggregators would find fault with',
    description:
      'Looks at every public item anew, so that it takes its time where there are many: how many break which rule.',
    security,
    responses: { 200: { description: 'The rules that are broken', content: json(QualityReport) } },
  }),
}

/** The API's routes for items as they stand and their quality, below `/api/v1`; what changes records is in `deposit`. */
export function itemRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })

  app.openapi(routes.list, async (c) => {
    const { tenant, actor } = c.var
    const { after, size } = c.req.valid('query')
    const { items, next } = await listItems(tenant, actor, { after: after ?? 0, size })
    const at = (after?: string) => withQuery(`${tenant.url}/api/v1/items`, { size, after })
    const { body, headers } = pages(at, { after: after?.toString(), next: next?.toString() })
    return c.json({ items: items.map(itemJson), ...body }, 200, headers)
  })
  app.openapi(routes.read, async (c) => {
    const { number } = c.req.valid('param')
    return c.json(...(await representItem(c.var, number)))
  })
  app.openapi(routes.delete, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await deleteItem(c.var.tenant, c.var.actor, c.req.valid('param').number)
    return c.body(null, 204)
  })
  app.openapi(routes.makeVersion, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const { number } = c.req.valid('param')
    const { version, madeAt } = await makeVersion(tenant, actor, number)
    const url = versionUrl(tenant, number, version)
    return c.json({ version, madeAt: madeAt.toISOString(), url }, 201, { location: url })
  })
  app.openapi(routes.withdraw, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await withdrawItem(c.var.tenant, c.var.actor, c.req.valid('param').number, c.req.valid('json').reason)
    return c.body(null, 204)
  })
  app.openapi(routes.restore, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    await restoreItem(c.var.tenant, c.var.actor, c.req.valid('param').number)
    return c.body(null, 204)
  })
  app.openapi(routes.quality, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    return c.json(await reportQuality(c.var.tenant), 200)
  })
  return app
}

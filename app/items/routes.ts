import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { demand, forAll, needs } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { revisionsIn } from '../platform/if-match.ts'
import { headers, IfMatch, json, problems } from '../platform/openapi.ts'
import { Problem } from '../platform/problem.ts'
import { limitBody, refuseInvalid } from '../platform/validation.ts'
import { versionUrl } from './disseminate.ts'
import { deleteItem, editItem, makeVersion, restoreItem, withdrawItem } from './operations.ts'
import { may } from './permission.ts'
import { itemQuality, reportQuality } from './quality.ts'
import { readItem } from './read.ts'
import { InPath, Item, ItemPatch, QualityReport, Version, Withdrawal } from './schemas.ts'

const tags = ['Items']
const security = needs('items:write')
const noItem = { 404: 'There is no such item' }

const routes = {
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
  edit: createRoute({
    method: 'patch',
    path: '/items/{number}',
    tags,
    operationId: 'editItem',
    summary: 'Change when an item and its files can be read',
    description: 'Changes what the body names, and leaves the rest. Each change is a revision.',
    security,
    request: {
      params: InPath,
      headers: z.object({ 'if-match': IfMatch }),
      body: {
        required: true,
        content: json(ItemPatch, { files: [{ name: 'data.csv', access: 'embargoed', until: '2027-04-01' }] }),
      },
    },
    responses: {
      200: { description: 'The item after the change', headers: { ETag: headers.ETag }, content: json(Item) },
      ...problems({
        ...noItem,
        409: 'The item is withdrawn',
        410: 'The item was deleted',
        412: 'The item has changed since it was read: read it again',
        428: 'If-Match is missing',
      }),
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

/** The API's routes for items and their quality, below `/api/v1`. */
export function itemRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.use('/items/*', limitBody(1024))

  app.openapi(routes.read, async (c) => {
    const { number } = c.req.valid('param')
    return c.json(...(await represent(c.var, number)))
  })
  app.openapi(routes.edit, async (c) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    const { number } = c.req.valid('param')
    const seen = revisionsIn(c.req.valid('header')['if-match'])
    if (seen === undefined)
      throw new Problem(
        428,
        'Precondition required',
        'Say which revision you have seen: If-Match with the ETag of the item.',
      )
    await editItem(c.var.tenant, c.var.actor, number, seen, c.req.valid('json'))
    return c.json(...(await represent(c.var, number)))
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

/** An item as JSON, with its revision as ETag. */
async function represent({ tenant, actor }: Env['Variables'], number: number) {
  const reading = await readItem(tenant, actor, number)
  if (!reading) throw new Problem(404, 'Not found', `There is no item ${number}.`)
  if (reading.kind === 'tombstone') {
    const { status, reason } = reading.tombstone
    throw new Problem(410, 'Gone', reason ? `Item ${number} was ${status}: ${reason}` : `Item ${number} was ${status}.`)
  }
  const { item } = reading
  const held = item.files.filter(({ access }) => access !== 'link').map(({ described }) => described)
  const body = {
    ...item,
    ...(may(actor, 'write') && { warnings: itemQuality(tenant, item.record, held) }),
    updatedAt: item.updatedAt.toISOString(),
    versions: item.versions.map((made) => ({ ...made, madeAt: made.madeAt.toISOString() })),
  }
  return [body, 200, { etag: `"${item.revision}"` }] as const
}

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Actor, demand, needs } from '../../accounts/index.ts'
import type { Env } from '../../env.ts'
import { itemUrl, may, representItem } from '../../items/index.ts'
import { InPath, Item } from '../../items/schemas.ts'
import { demandRevisions } from '../../platform/if-match.ts'
import { headers, IfMatch, json, problems } from '../../platform/openapi.ts'
import { notFound } from '../../platform/problem.ts'
import { invalid } from '../../platform/validation.ts'
import { parseRecord, type Reading, type Record } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { type Incoming, noFiles, type Outcome } from '../incoming.ts'
import { KEY, openCall, otherPayload, readKey } from '../keyed-call.ts'
import { Rejection, refusalOf } from '../rejection.ts'
import { createItem } from './create-item.ts'
import { patchItem, putRecord } from './edit-item.ts'
import { readJsonBody } from './json-body.ts'
import { ItemPatch, NewItem, NewItemBody, NewRecord, NewRecordBody } from './schemas.ts'

/** An item's address; what cannot be a number is not found. */
export const ITEM = '/items/:number{[1-9][0-9]{0,8}}'

const tags = ['Items']
const security = needs('items:write')
const badBody = {
  400: 'The body is no JSON',
  413: 'The body is longer than 20 MiB',
  415: 'The body is not said to be JSON',
  422: 'What is wrong with the record and what stands beside it: each with its place in "errors"',
}
const changed = {
  404: 'There is no such item',
  409: 'The item is withdrawn',
  410: 'The item was deleted',
  412: 'The item has changed since it was read: read it again',
  428: 'If-Match is missing',
}
const MINIMAL = { titles: [{ value: 'Tides of Misaki', lang: 'en' }], type: { term: 'journal article' } }

const routes = {
  create: createRoute({
    method: 'post',
    path: '/items',
    tags,
    operationId: 'createItem',
    summary: 'Make an item',
    description:
      'Its files are sent next. Who wants them to be there first gives a publicationDate ahead, sends them, and then sets the date to today by PATCH.',
    security,
    request: {
      headers: z.object({
        'idempotency-key': z.string().regex(KEY).optional().openapi({
          description: 'Names the request: sent again with the same body within a week, it makes no second item',
          example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
        }),
      }),
      body: { required: true, content: json(NewItem, { record: MINIMAL, publicationDate: '2027-04-01' }) },
    },
    responses: {
      201: {
        description: 'The item that was made',
        headers: { ETag: headers.ETag, Location: headers.Location },
        content: json(Item),
      },
      ...problems({ ...badBody, 409: 'The source or a former address is another item’s, or the key is in use' }),
    },
  }),
  replace: createRoute({
    method: 'put',
    path: '/items/{number}',
    tags,
    operationId: 'putItem',
    summary: 'Replace the record of an item',
    description:
      'Publication date, files and collections stay. An entry of "files" belongs to the file that it names: by its address as "uri", by a relative "uri", or by its name as "label".',
    security,
    request: {
      params: InPath,
      headers: z.object({ 'if-match': IfMatch }),
      body: { required: true, content: json(NewRecord, { record: MINIMAL }) },
    },
    responses: {
      200: { description: 'The item after the change', headers: { ETag: headers.ETag }, content: json(Item) },
      ...problems({ ...badBody, ...changed }),
    },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/items/{number}',
    tags,
    operationId: 'editItem',
    summary: 'Change an item',
    description:
      'Changes what the body names of its record, its publication date and its files’ access, and leaves the rest.',
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
      ...problems({ ...badBody, ...changed }),
    },
  }),
}

/**
 * The API's routes that make items and change their records, below `/api/v1`. Their bodies are read by ourselves: a
 * record may be long, and is looked at before it is parsed.
 */
export function editingRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  for (const route of Object.values(routes)) app.openAPIRegistry.registerPath(route)

  app.post('/items', async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const key = readKey(c.req.header('idempotency-key'))
    const { content, digest } = await readJsonBody(c.req.raw)
    const { record, ...beside } = shaped(NewItemBody, content)
    const incoming = { source: undefined, ...beside, reading: parseRecord(record), files: noFiles }
    const { number, warnings } = await create(
      tenant,
      actor,
      incoming,
      key === undefined ? undefined : { key, digest },
    ).catch(refuse)
    const [body, , itsHeaders] = await representItem(c.var, number, warnings)
    return c.json(body, 201, { ...itsHeaders, location: `${tenant.url}/api/v1/items/${number}` })
  })

  app.put('/items/:number', async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const number = numberIn(c.req.param('number'))
    const seen = demandRevisions(c.req.header('if-match'))
    const { record } = shaped(NewRecordBody, (await readJsonBody(c.req.raw)).content)
    const warnings = await putRecord(tenant, actor, number, seen, readable(parseRecord(record))).catch(refuse)
    return c.json(...(await representItem(c.var, number, warnings)))
  })

  app.patch('/items/:number', async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const number = numberIn(c.req.param('number'))
    const seen = demandRevisions(c.req.header('if-match'))
    const patch = shaped(ItemPatch, (await readJsonBody(c.req.raw)).content)
    const warnings = await patchItem(tenant, actor, number, seen, patch).catch(refuse)
    return c.json(...(await representItem(c.var, number, warnings)))
  })
  return app
}

/** @throws Problem 404: whoever changes an item at an address that has none is told so, and not that it can be read. */
function numberIn(number: string): number {
  const parsed = InPath.safeParse({ number })
  if (!parsed.success) throw notFound()
  return parsed.data.number
}

/** @throws Problem 422 for what has another shape. */
function shaped<T extends z.ZodType>(schema: T, content: unknown): z.output<T> {
  const parsed = schema.safeParse(content)
  if (!parsed.success) throw invalid(parsed.error)
  return parsed.data
}

/** @throws Problem 422 for what is no record. */
function readable(reading: Reading): Record {
  if (!reading.record) throw refusalOf(new Rejection(...reading.errors))
  return reading.record
}

const refuse = (error: unknown) => {
  throw refusalOf(error)
}

/** Makes an item; with a key, the one that it made before. */
async function create(tenant: Tenant, actor: Actor, incoming: Incoming, once?: { key: string; digest: Buffer }) {
  const record = readable(incoming.reading)
  if (!once) return await createItem(tenant, actor, incoming, record, async () => {})
  const { key, digest } = once
  const call = await openCall(tenant, actor, key, 'item')
  try {
    if (!call.isBody(digest)) throw otherPayload('another item')
    for await (const given of call.answers()) {
      const { item } = JSON.parse(given) as Required<Outcome>
      return { number: item.number, warnings: [] }
    }
    return await createItem(tenant, actor, incoming, record, async (tx, number) => {
      const item = { number, url: itemUrl(tenant, number) }
      const made = { source: incoming.source ?? null, status: 'imported' as const, item, warnings: [], errors: [] }
      await call.note(tx, 0, incoming, made, digest)
    })
  } finally {
    await call.release()
  }
}

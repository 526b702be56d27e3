import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { demand, forAll, needs } from '../../accounts/index.ts'
import type { Env } from '../../env.ts'
import { type StoredBytes, storeBytes } from '../../files/index.ts'
import { etagOf, filesOf, fileUrl, may, readLiveItem } from '../../items/index.ts'
import { InPath, ItemFile } from '../../items/schemas.ts'
import { revisionsIn } from '../../platform/if-match.ts'
import { headers, json, problems } from '../../platform/openapi.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import { invalid } from '../../platform/validation.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { readBody } from '../body.ts'
import { wrongName } from '../match-files.ts'
import { mustHaveRoom } from '../storage-room.ts'
import { mustMatch, sha256In } from './digests.ts'
import { mustTakeFile, putFile, removeFile } from './put-file.ts'
import { ITEM } from './routes.ts'
import { Chosen, ItemFiles } from './schemas.ts'

const tags = ['Files']
const security = needs('items:write')
const noFile = { 404: 'There is no such item, or it has no such file' }
const gone = { 410: 'The item was withdrawn or deleted' }
const NamedInPath = InPath.extend({
  name: z.string().openapi({
    description: 'Its name, percent-encoded; slashes in it may stand as they are',
    example: 'data/table-1.csv',
  }),
})
const IfMatch = z.string().optional().openapi({
  description: 'The ETag of the item: where it is another by now, nothing is changed (412). It may be left out',
  example: '"3"',
})
const changing = {
  409: 'The item is withdrawn',
  ...gone,
  412: 'The item has changed since it was read: read it again',
}

const routes = [
  createRoute({
    method: 'get',
    path: '/items/{number}/files',
    tags,
    operationId: 'listFiles',
    summary: 'List the files of an item',
    description: 'The files that the caller may know of, in their order.',
    security: forAll,
    request: { params: InPath },
    responses: {
      200: { description: 'The files', headers: { ETag: headers.ETag }, content: json(ItemFiles) },
      ...problems({ 404: 'There is no such item', ...gone }),
    },
  }),
  createRoute({
    method: 'get',
    path: '/items/{number}/files/{name}',
    tags,
    operationId: 'readFile',
    summary: 'Read what there is to say of a file',
    description: 'Its bytes are at its "url". The ETag is the item’s.',
    security: forAll,
    request: { params: NamedInPath },
    responses: {
      200: { description: 'The file', headers: { ETag: headers.ETag }, content: json(ItemFile) },
      ...problems({ ...noFile, ...gone }),
    },
  }),
  createRoute({
    method: 'put',
    path: '/items/{number}/files/{name}',
    tags,
    operationId: 'putFile',
    summary: 'Send a file',
    description:
      'The body is its bytes, as they are. A file of this name is replaced; versions keep the one that they hold. The same bytes again change nothing. Large files are better sent in parts, as an upload.',
    security,
    request: {
      params: NamedInPath,
      query: z.object({
        access: z.enum(['open', 'embargoed', 'signed-in', 'closed']).optional().openapi({
          description: 'Who may have it. Where nothing is said: as the one before, or as the record says',
        }),
        until: z.iso.date().optional().openapi({ description: 'The day on which an embargo ends' }),
      }),
      headers: z.object({
        'if-match': IfMatch,
        'content-digest': z.string().optional().openapi({
          description: 'The SHA-256 of what is sent (RFC 9530): where another one arrives, nothing is changed (422)',
          example: 'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:',
        }),
      }),
      body: {
        required: true,
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
    },
    responses: {
      200: { description: 'The file, where one was there', headers: { ETag: headers.ETag }, content: json(ItemFile) },
      201: {
        description: 'The file, where none was there',
        headers: { ETag: headers.ETag, Location: headers.Location },
        content: json(ItemFile),
      },
      ...problems({
        400: 'A digest is not written as one',
        404: 'There is no such item',
        ...changing,
        413: 'The file is larger than the institution may send, or than it has room for',
        415: 'The body came compressed (Content-Encoding)',
        422: 'The name or the access is none, or what arrived has another digest',
      }),
    },
  }),
  createRoute({
    method: 'delete',
    path: '/items/{number}/files/{name}',
    tags,
    operationId: 'deleteFile',
    summary: 'Take a file away',
    description: 'The record’s entry for it goes too. Versions that hold the file keep it.',
    security,
    request: { params: NamedInPath, headers: z.object({ 'if-match': IfMatch }) },
    responses: {
      204: { description: 'The item has it no more', headers: { ETag: headers.ETag } },
      ...problems({ ...noFile, ...changing }),
    },
  }),
]

/** A name may hold any character, also U+2028, for which a dot does not stand. */
const FILE = `${ITEM}/files/:name{[^]+}`

/** The API's routes for the files of an item, below `/api/v1`. Bytes go to the objects as they arrive. */
export function itemFileRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  for (const route of routes) app.openAPIRegistry.registerPath(route)

  app.get(`${ITEM}/files`, async (c) => {
    const item = await readLiveItem(c.var, Number(c.req.param('number')))
    return c.json({ files: filesOf(item) }, 200, { etag: etagOf(item) })
  })
  app.get(FILE, async (c) => {
    const { file, etag } = await find(c, nameIn(c.req.param('name')))
    return c.json(file, 200, { etag })
  })
  app.put(FILE, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const number = Number(c.req.param('number'))
    const name = nameIn(c.req.param('name'))
    const wrong = wrongName(name)
    if (wrong) throw new Problem(422, 'Invalid', `The name of the file ${wrong}.`)
    const query = Chosen.safeParse(c.req.query())
    if (!query.success) throw invalid(query.error)
    const wanted = { name, chosen: query.data, seen: revisionsIn(c.req.header('if-match')) }
    await mustTakeFile(tenant, number, wanted)
    const stored = await receive(tenant, c.req.raw, name)
    const done = await putFile(tenant, actor, number, { ...wanted, stored })
    const { file, etag } = await find(c, name)
    return done === 'added'
      ? c.json(file, 201, { etag, location: apiFileUrl(tenant, number, name) })
      : c.json(file, 200, { etag })
  })
  app.delete(FILE, async (c) => {
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const number = Number(c.req.param('number'))
    const seen = revisionsIn(c.req.header('if-match'))
    const revision = await removeFile(tenant, actor, number, nameIn(c.req.param('name')), seen)
    return c.body(null, 204, { etag: etagOf({ revision }) })
  })
  return app
}

/** Where the API speaks of a file. */
export const apiFileUrl = (tenant: Tenant, number: number, name: string) =>
  `${tenant.url}/api/v1${fileUrl(tenant, number, name).slice(tenant.url.length)}`

/** Names are kept in one form, whichever the sender's system writes. */
const nameIn = (parameter: string) => parameter.normalize('NFC')

async function find(c: Context<Env>, name: string) {
  const item = await readLiveItem(c.var, Number(c.req.param('number')))
  const file = filesOf(item).find((each) => each.name === name && each.access !== 'link')
  if (!file) throw notFound(`Item ${item.number} has no file named ${name}.`)
  return { file, etag: etagOf(item) }
}

/** Stores the bytes of a request as they arrive. @throws Problem where they may not be, or are not those that were sent. */
async function receive(tenant: Tenant, request: Request, name: string): Promise<StoredBytes> {
  const { headers } = request
  const expected = sha256In(headers)
  if (!['', 'identity'].includes(headers.get('content-encoding')?.trim().toLowerCase() ?? ''))
    throw new Problem(415, 'Unsupported coding', 'A file is sent as it is, without Content-Encoding.', {
      'accept-encoding': 'identity',
    })
  await mustHaveRoom(tenant, Number(headers.get('content-length') ?? 0))
  const claimedType = headers.get('content-type')?.split(';', 1)[0]?.trim()
  const bytes = readBody(request, tenant.limits.upload * 2 ** 30, () => {})
  const stored = await storeBytes(tenant, { name, claimedType, bytes })
  mustMatch(expected, stored.sha256)
  // What came in pieces said no length before.
  if (!headers.has('content-length')) await mustHaveRoom(tenant, stored.size)
  return stored
}

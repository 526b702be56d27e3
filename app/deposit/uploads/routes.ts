import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { demand, needs } from '../../accounts/index.ts'
import type { Env } from '../../env.ts'
import { may } from '../../items/index.ts'
import { InPath } from '../../items/schemas.ts'
import { json, problems } from '../../platform/openapi.ts'
import { apiFileUrl } from '../editing/file-routes.ts'
import { ITEM } from '../editing/routes.ts'
import { noSuchUpload } from './lease.ts'
import { fileOf } from './metadata.ts'
import { offsetOf, readUpload } from './store.ts'
import { speakTus } from './tus.ts'

const tags = ['Uploads']
const security = needs('items:write')
const InPathWithId = InPath.extend({ id: z.uuid() })
const number = (description: string, example: string) => ({
  description,
  required: true,
  example,
  schema: { type: 'integer' as const, minimum: 0 },
})
const Resumable = z.literal('1.0.0').openapi({ description: 'The version of the protocol', example: '1.0.0' })
const resumable = { description: 'The version of the protocol', required: true, schema: { type: 'string' as const } }
const Length = z.string().regex(/^(0|[1-9]\d{0,14})$/)
const bytes = { 'application/offset+octet-stream': { schema: z.string().openapi({ format: 'binary' }) } }
const expires = { description: 'When it will be forgotten', schema: { type: 'string' as const } }
const noUpload = { 404: 'There is no such upload (any more)' }
const spoken = { 400: 'A header is missing or wrong', 412: 'Tus-Resumable is missing, or names another version' }
const busy = { 423: 'Another request works on the upload, and did not end within a minute' }
const UploadState = z
  .object({
    id: z.uuid(),
    name: z.string().openapi({ description: 'Name of the file' }),
    size: z.int().openapi({ description: 'Bytes of the whole file' }),
    offset: z.int().openapi({ description: 'Bytes that are here; all of them only once the item has the file' }),
    done: z.boolean().openapi({ description: 'Whether the item has the file' }),
    expiresAt: z.iso.datetime().openapi({ description: 'When it will be forgotten' }),
    file: z.url().openapi({ description: 'Where the API speaks of the file, once the item has it' }),
  })
  .openapi('Upload')

const routes = [
  createRoute({
    method: 'options',
    path: '/items/{number}/uploads',
    tags,
    operationId: 'readUploadTerms',
    summary: 'Ask what is understood, and how large a file may be',
    security,
    request: { params: InPath },
    responses: {
      204: {
        description: 'It is in the headers',
        headers: {
          'Tus-Version': resumable,
          'Tus-Extension': { description: 'Extensions of the protocol', schema: { type: 'string' as const } },
          'Tus-Max-Size': number('Bytes of a file at most', '21474836480'),
        },
      },
    },
  }),
  createRoute({
    method: 'post',
    path: '/items/{number}/uploads',
    tags,
    operationId: 'beginUpload',
    summary: 'Begin to send a file in parts',
    description:
      'The protocol is tus 1.0 (https://tus.io) with its extensions creation, creation-with-upload, termination and expiration: any tus client can be pointed here. With the last byte the file is on the item.',
    security,
    request: {
      params: InPath,
      headers: z.object({
        'tus-resumable': Resumable,
        'upload-length': Length.openapi({ description: 'Bytes of the whole file', example: '21474836480' }),
        'upload-metadata': z.string().openapi({
          description:
            'Words with their values in base64, with commas between: filename; and if wanted filetype, access and until',
          example: 'filename ZGF0YS5jc3Y=,access Y2xvc2Vk',
        }),
      }),
      body: { required: false, content: bytes },
    },
    responses: {
      201: {
        description: 'It has begun',
        headers: {
          Location: { description: 'Address of the upload', required: true, schema: { type: 'string', format: 'uri' } },
          'Tus-Resumable': resumable,
          'Upload-Expires': expires,
        },
      },
      ...problems({
        ...spoken,
        404: 'There is no such item',
        409: 'The item is withdrawn',
        410: 'The item was deleted',
        413: 'The file is larger than the institution may send, or than it has room for',
        422: 'The metadata name no file, or an access that is none',
        501: 'The length is to be said later (Upload-Defer-Length), which is not understood',
      }),
    },
  }),
  createRoute({
    method: 'get',
    path: '/items/{number}/uploads/{id}',
    tags,
    operationId: 'readUpload',
    summary: 'Read how far an upload has come',
    description: 'HEAD, with Tus-Resumable, says in the headers of the protocol where to go on: Upload-Offset.',
    security,
    request: { params: InPathWithId },
    responses: { 200: { description: 'The upload', content: json(UploadState) }, ...problems(noUpload) },
  }),
  createRoute({
    method: 'patch',
    path: '/items/{number}/uploads/{id}',
    tags,
    operationId: 'sendPart',
    summary: 'Send a part of a file',
    description: 'What has arrived stays, also where the connection breaks. The last byte puts the file on the item.',
    security,
    request: {
      params: InPathWithId,
      headers: z.object({
        'tus-resumable': Resumable,
        'upload-offset': Length.openapi({ description: 'Where the part begins', example: '1048576' }),
      }),
      body: { required: true, content: bytes },
    },
    responses: {
      204: {
        description: 'The part is here',
        headers: { 'Tus-Resumable': resumable, 'Upload-Offset': number('Bytes that are here', '2097152') },
      },
      ...problems({
        ...spoken,
        ...noUpload,
        409: 'The part begins elsewhere than where the upload ends; or the item is withdrawn',
        410: 'It has expired, or the item was deleted',
        413: 'The part is longer than what is left of the file',
        ...busy,
      }),
    },
  }),
  createRoute({
    method: 'delete',
    path: '/items/{number}/uploads/{id}',
    tags,
    operationId: 'endUpload',
    summary: 'Give an upload up',
    description: 'A file that the item has already stays.',
    security,
    request: { params: InPathWithId, headers: z.object({ 'tus-resumable': Resumable }) },
    responses: {
      204: { description: 'It is forgotten', headers: { 'Tus-Resumable': resumable } },
      ...problems({ ...spoken, ...noUpload, ...busy }),
    },
  }),
]

/** Where uploads of an item are, and one of them. */
const UPLOADS = `${ITEM}/uploads`
const UPLOAD = `${UPLOADS}/:id`

/** The API's routes for files that are sent in resumable parts, below `/api/v1`. */
export function uploadRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  for (const route of routes) app.openAPIRegistry.registerPath(route)

  const speak = async (c: Context<Env>) => {
    demand(c.var.actor, may(c.var.actor, 'write'))
    return await speakTus(c, Number(c.req.param('number')), idIn(c))
  }
  app.options(UPLOADS, speak)
  app.post(UPLOADS, speak)
  app.patch(UPLOAD, speak)
  app.delete(UPLOAD, speak)
  app.get(UPLOAD, async (c) => {
    // Hono asks for HEAD here, and sends no body then.
    if (c.req.method === 'HEAD') return await speak(c)
    const { tenant, actor } = c.var
    demand(actor, may(actor, 'write'))
    const item = Number(c.req.param('number'))
    const upload = await readUpload(tenant, item, idIn(c) as string)
    const { name } = fileOf(upload.metadata)
    const { id, size, done, expires_at } = upload
    const file = apiFileUrl(tenant, item, name)
    const offset = await offsetOf(tenant, upload)
    return c.json({ id, name, size, offset, done, expiresAt: expires_at.toISOString(), file }, 200)
  })
  return app
}

/** The id in an address. @throws Problem 404 for what is none. */
function idIn(c: Context<Env>): string | undefined {
  const id = c.req.param('id')
  if (id !== undefined && !z.uuid().safeParse(id).success) throw noSuchUpload()
  return id
}

import { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import { type Context, Hono } from 'hono'
import type { Env } from '../env.ts'
import { type Download, findDownload } from '../items/index.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { isShown } from './media.ts'
import { parseRange } from './range.ts'

/** Downloads: `/items/<n>/files/<name>`, with `?version=<v>` for a file that only a version still holds. */
export function fileRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  // A name may hold any character, also U+2028, for which a dot does not stand.
  app.get('/items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}', async (c) => {
    const { tenant, actor } = c.var
    const version = c.req.query('version')
    if (version !== undefined && !/^[1-9][0-9]{0,8}$/.test(version)) throw notFound()
    const found = await findDownload(tenant, actor, {
      number: Number(c.req.param('number')),
      name: c.req.param('name'),
      version: version === undefined ? undefined : Number(version),
    })
    if (!found) throw notFound()
    if (found.kind === 'gone')
      throw new Problem(410, 'Gone', 'The item that this file belonged to is not public any more.')
    if (found.kind === 'refused')
      throw new Problem(
        403,
        'Not public',
        found.until ? `This file is under embargo until ${found.until}.` : 'This file is not open to everyone.',
        {},
        found.until ?? undefined,
      )
    return send(c, found.file)
  })
  return app
}

async function send(c: Context<Env>, file: Download): Promise<Response> {
  const etag = `"${file.sha256}"`
  const shown = isShown(file.type)
  const headers: Record<string, string> = {
    etag,
    'accept-ranges': 'bytes',
    'content-type': file.type,
    'content-disposition': contentDisposition(baseName(file.name), { type: shown ? 'inline' : 'attachment' }),
    // What a browser could run is saved instead, and would run nowhere near the institution's pages if it were opened.
    'content-security-policy': shown ? "frame-ancestors 'self'" : "sandbox; default-src 'none'",
    // Access can change at any time: caches may keep the bytes but have to ask each time.
    ...(c.var.actor.kind === 'anonymous' && { 'cache-control': 'no-cache' }),
  }
  if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
  const ifRange = c.req.header('if-range')
  const range = ifRange === undefined || ifRange === etag ? parseRange(c.req.header('range'), file.size) : undefined
  if (range === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${file.size}` })
  headers['content-length'] = String(range ? range.end - range.start + 1 : file.size)
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${file.size}`
  const status = range ? 206 : 200
  if (c.req.method === 'HEAD') return c.body(null, status, headers)
  const bytes = await c.var.tenant.objects.get(file.object, range)
  return c.body(Readable.toWeb(bytes) as ReadableStream, status, headers)
}

const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1)

/** If-None-Match (RFC 9110, section 13.1.2): weak comparison. */
const matches = (header: string | undefined, etag: string) =>
  header?.split(',').some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === etag)

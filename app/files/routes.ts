import { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import { type Context, Hono } from 'hono'
import type { Actor } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { type Download, findDownload, itemUrl } from '../items/index.ts'
import { isHeld, lastModified } from '../platform/conditional.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { itemSignpost } from '../protocols/signposting/index.ts'
import { countUse } from '../statistics/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { isShown } from './media.ts'
import { parseRange } from './range.ts'

/** Downloads: `/items/<n>/files/<name>`, with `?version=<v>` for a file that only a version still holds. */
export function fileRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  // A name may hold any character, also U+2028, for which a dot does not stand.
  app.get('/items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}', async (c) => {
    const asked = fileAsked(c)
    return send(c, asked.number, await fileToSend(c.var.tenant, c.var.actor, asked))
  })
  return app
}

/** A file as addresses name it: of an item, or of a version of it. */
type FileAsked = Parameters<typeof findDownload>[2]

/** The file that a route with `:number` and `:name` is asked for. */
export function fileAsked(c: Context<Env>): FileAsked {
  const { number, name } = c.req.param() as { number: string; name: string }
  const version = c.req.query('version')
  if (version !== undefined && !/^[1-9][0-9]{0,8}$/.test(version)) throw notFound()
  return { number: Number(number), name, version: version === undefined ? undefined : Number(version) }
}

/**
 * A stored file that the actor may have.
 *
 * @throws Problem 404, 410 or 403 where there is none, none any more, or not for this actor; 409 where it is held.
 */
export async function fileToSend(tenant: Tenant, actor: Actor, asked: FileAsked): Promise<Download> {
  const found = await findDownload(tenant, actor, asked)
  if (!found) throw notFound()
  if (found.kind === 'gone')
    throw new Problem(410, 'Gone', 'The item that this file belonged to is not public any more.')
  if (found.kind === 'held') throw found.scan === 'infected' ? infected() : checked()
  if (found.kind === 'refused')
    throw new Problem(
      403,
      'Not public',
      found.until ? `This file is under embargo until ${found.until}.` : 'This file is not open to everyone.',
      {},
      { until: found.until },
    )
  return found.file
}

/** Seconds after which it is worth asking again for a file that is being looked at. */
const ASK_AGAIN = '60'

const checked = () =>
  new Problem(409, 'Being checked', 'This file is being checked for viruses. Please try again in a few minutes.', {
    'retry-after': ASK_AGAIN,
  })

/** Said to staff: readers do not know that there is such a file. */
const infected = () =>
  new Problem(403, 'Infected', 'The scan for viruses found something in this file. Nobody gets it.')

async function send(c: Context<Env>, item: number, file: Download): Promise<Response> {
  const validators = { etag: `"${file.sha256}"`, lastModified: lastModified(file.createdAt) }
  const shown = isShown(file.type)
  const headers: Record<string, string> = {
    etag: validators.etag,
    ...(validators.lastModified && { 'last-modified': validators.lastModified }),
    'accept-ranges': 'bytes',
    'content-type': file.type,
    'content-disposition': contentDisposition(baseName(file.name), { type: shown ? 'inline' : 'attachment' }),
    // What a browser could run is saved instead, and would run nowhere near the institution's pages if it were opened.
    'content-security-policy': shown ? "frame-ancestors 'self'" : "sandbox; default-src 'none'",
    link: itemSignpost(itemUrl(c.var.tenant, item)),
  }
  if (isHeld(c.req, validators)) return c.body(null, 304, headers)
  const ifRange = c.req.header('if-range')
  // Bytes of a name may be replaced, but never change under one tag or date (RFC 9110, section 13.1.5).
  const isSame = ifRange === undefined || ifRange === validators.etag || ifRange === validators.lastModified
  const range = isSame ? parseRange(c.req.header('range'), file.size) : undefined
  if (range === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${file.size}` })
  headers['content-length'] = String(range ? range.end - range.start + 1 : file.size)
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${file.size}`
  const status = range ? 206 : 200
  if (c.req.method === 'HEAD') return c.body(null, status, headers)
  const { tenant, actor } = c.var
  const isHandedBack = c.req.header(HANDED_BACK) !== undefined
  const address = isHandedBack ? undefined : await tenant.objects.handOver(file.object)
  const bytes = address === undefined ? asTheyAre(await tenant.objects.get(file.object, range)) : ''
  // Whoever goes on in the middle has begun before, and what is handed back has been counted.
  if (actor.kind === 'anonymous' && (range?.start ?? 0) === 0 && !isHandedBack)
    countUse(tenant, { kind: 'download', item, userAgent: c.req.header('user-agent') })
  return c.body(bytes, status, address === undefined ? headers : handedOver(address, headers, range))
}

/**
 * What the proxy before us needs to send the bytes. It asks object storage for the range that was understood here, and
 * for nothing else; and it says what is said of the file only once it has it: under its own name, it would say the
 * disposition of an error as well.
 */
function handedOver(address: string, headers: Record<string, string>, range: ReturnType<typeof parseRange>) {
  const { 'accept-ranges': _, 'content-disposition': disposition, ...others } = headers
  return {
    ...others,
    'content-length': '0',
    'x-accel-redirect': address,
    'x-object-disposition': disposition as string,
    ...(typeof range === 'object' && { 'x-object-range': `bytes=${range.start}-${range.end}` }),
  }
}

/** Header by which the proxy before us hands back what it could not fetch: that is sent from here, or refused. */
const HANDED_BACK = 'x-handed-back'

/** What is read ahead waits in the file's own stream: for a slow reader, nothing more is held. */
const asTheyAre = (bytes: Readable) =>
  Readable.toWeb(bytes, { strategy: new ByteLengthQueuingStrategy({ highWaterMark: 0 }) }) as ReadableStream

const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1)

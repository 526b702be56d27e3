import { hash } from 'node:crypto'
import type { Context, HonoRequest } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Problem } from './problem.ts'

/** What names a representation, as the headers of these names say it (RFC 9110, section 8.8). */
export interface Validators {
  etag?: string | undefined
  lastModified?: string | undefined
}

/** Kinds of answer that are always made whole. Any other may be a stream, which is never held back to be hashed. */
const WHOLE = /^(text\/html|application\/json)\b/

/**
 * Headers that speak of the content, which a 304 does not carry. All others of the 200 it keeps (section 15.4.5). The
 * last have the proxy before us send the content.
 */
const OF_CONTENT = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'accept-ranges',
  'x-accel-redirect',
  'x-object-disposition',
  'x-object-range',
]

/**
 * Milliseconds after which a moment is given as Last-Modified. Dates are to the second, and a change is stamped before
 * it is committed: until then another may follow that would have the same date.
 */
const SETTLED = 10_000

/** An entity tag: the same content, the same tag. */
export const etagOf = (content: string | Uint8Array) => `"${hash('sha256', content, 'base64url').slice(0, 27)}"`

/** Answers with content that has been made whole. */
export const whole = (c: Context, content: string, type: string): Response =>
  c.body(content, 200, { 'content-type': type, etag: etagOf(content) })

/** `Last-Modified` for what was last changed at a moment; nothing where that was only just now. */
export function lastModified(moment: Date | undefined): string | undefined {
  if (moment === undefined || moment.getTime() > Date.now() - SETTLED) return undefined
  return moment.toUTCString()
}

/**
 * Whether whoever asks has already what the validators name, so that 304 is the answer (RFC 9110, sections 13.1.2 and
 * 13.1.3): If-None-Match decides, and If-Modified-Since only where that was not sent.
 */
export function isHeld(request: HonoRequest, { etag, lastModified }: Validators): boolean {
  const tags = request.header('if-none-match')
  if (tags !== undefined) return tags.trim() === '*' || opaque(tags).some((tag) => tag === opaque(etag)[0])
  const since = readHttpDate(request.header('if-modified-since'))
  const modified = readHttpDate(lastModified)
  return since !== undefined && modified !== undefined && modified <= since
}

/** Whether dates alone decide on a request: then the answer may be known before anything is made. */
export const asksByDate = (request: HonoRequest): boolean =>
  request.header('if-none-match') === undefined && request.header('if-modified-since') !== undefined

/** Whether the representation is another than the request is meant for (sections 13.1.1 and 13.1.4). */
function isAnother(request: HonoRequest, { etag, lastModified }: Validators): boolean {
  const tags = request.header('if-match')
  // A weak tag is never the same as another.
  if (tags !== undefined) return tags.trim() !== '*' && !(etag?.startsWith('"') && tagsIn(tags).includes(etag))
  const since = readHttpDate(request.header('if-unmodified-since'))
  const modified = readHttpDate(lastModified)
  return since !== undefined && modified !== undefined && modified > since
}

const tagsIn = (header: string | undefined): string[] => header?.match(/(?:W\/)?"[^"]*"/g) ?? []
/** Tags as weak comparison sees them (section 8.8.3.2). */
const opaque = (header: string | undefined) => tagsIn(header).map((tag) => tag.replace(/^W\//, ''))

/** A date in one of the three forms that HTTP has (section 5.6.7), in milliseconds; nothing if it is none. */
function readHttpDate(text: string | undefined): number | undefined {
  // C's asctime names no time zone: it is UTC as the others are.
  const named = text !== undefined && /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text) ? `${text} GMT` : text
  const time = named?.endsWith(' GMT') ? Date.parse(named) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/**
 * Answers conditional requests (RFC 9110, section 13) by the validators that an answer carries; pages and JSON without
 * an entity tag get that of their content. What says nothing of caches may be kept by them, but is asked for each time:
 * whoever changes something sees it at once, and who comes back for the same gets a 304.
 */
export const conditional = () =>
  createMiddleware(async function conditional(c, next) {
    await next()
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return
    const { headers, status } = c.res
    const leads = status === 301 || status === 308
    if (!leads && !headers.has('cache-control')) headers.set('cache-control', 'no-cache')
    if (status === 304) for (const name of OF_CONTENT) headers.delete(name)
    if (status !== 200) return
    const kept = !headers.get('cache-control')?.includes('no-store')
    if (kept && !headers.has('etag') && WHOLE.test(headers.get('content-type') ?? '')) await tag(c)
    const validators = {
      etag: c.res.headers.get('etag') ?? undefined,
      lastModified: c.res.headers.get('last-modified') ?? undefined,
    }
    if (isAnother(c.req, validators)) {
      await empty(c, 412, [...OF_CONTENT, 'etag', 'last-modified'])
      throw new Problem(412, 'Precondition failed', 'What is at this address is another than the one that you have.')
    }
    if (isHeld(c.req, validators)) await empty(c, 304, OF_CONTENT)
  })

async function tag(c: Context): Promise<void> {
  const content = new Uint8Array(await c.res.arrayBuffer())
  c.res = new Response(content, c.res)
  c.res.headers.set('etag', etagOf(content))
}

/** Takes the content back, and the headers that speak of it. */
async function empty(c: Context, status: number, without: readonly string[]): Promise<void> {
  const headers = new Headers(c.res.headers)
  for (const name of without) headers.delete(name)
  await c.res.body?.cancel()
  // Otherwise the headers of the one would be added to those of the other.
  c.res = undefined
  c.res = new Response(null, { status, headers })
}

import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { anonymous, demand } from '../accounts/index.ts'
import type { Env } from '../env.ts'
import { Problem } from './problem.ts'
import { isReading } from './reading.ts'

/** Headers that scripts of other sites may see, besides those that all may (Fetch, section 3.3.3). */
const EXPOSED = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Link',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
]
/** Headers that they may send, besides those that all may. `Authorization` is none: no other site needs our tokens. */
const ACCEPTED = ['If-Modified-Since', 'If-None-Match', 'Range']
/** Seconds for which a browser need not ask again what it may send. */
const REMEMBERED = 86_400

/**
 * Lets scripts of every site read what everybody may read (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): no
 * cookie and no token goes along, and nothing can be changed.
 */
export const readableEverywhere = () => {
  const answer = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD'],
    allowHeaders: ACCEPTED,
    exposeHeaders: EXPOSED,
    maxAge: REMEMBERED,
  })
  return createMiddleware<Env>(async function readableEverywhere(c, next) {
    // Whoever asks what can be done here, and no browser on a script's behalf, is answered by what is here.
    if (c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') === undefined) return await next()
    return await answer(c, next)
  })
}

/**
 * Refuses changes that another site had a browser ask for (Fetch Metadata, section 2.4; RFC 6454, section 7): whatever
 * a browser adds by itself, such as a cookie, is no sign that its user wants them. Programs send neither header; they
 * say who they are by a token, and a cookie says nothing for them. (`hono/csrf` looks at forms alone.)
 */
export const refuseCrossSite = () =>
  createMiddleware<Env>(async function refuseCrossSite(c, next) {
    if (isReading(c.req)) return await next()
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    if (site === undefined && origin === undefined)
      demand(anonymous, c.req.header('authorization') !== undefined || c.req.header('cookie') === undefined)
    else if (site === undefined ? origin !== c.var.tenant.url : site !== 'same-origin')
      throw new Problem(
        403,
        'Cross-site request',
        `Changes are taken from pages of ${c.var.tenant.url} and from programs. Pages of other sites may read.`,
      )
    await next()
  })

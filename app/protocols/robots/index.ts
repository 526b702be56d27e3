import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Env } from '../../env.ts'
import { whole } from '../../platform/conditional.ts'

/**
 * What crawlers are kept from: what has no end (searches, their feeds, and pages made of them), and what is for
 * programs. Everything else is there to be found. One rule for all crawlers, whoever sends them.
 */
const CLOSED = ['/search?', '/feed.atom?', '/feed.rss?', '/api/', '/items/*/preview']

/** `/robots.txt` (RFC 9309). */
export function robotsRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/robots.txt', (c) => {
    const lines = ['User-agent: *', ...CLOSED.map((path) => `Disallow: ${path}`), 'Allow: /']
    return whole(c, `${lines.join('\n')}\n\nSitemap: ${c.var.tenant.url}/sitemap.xml\n`, 'text/plain; charset=utf-8')
  })
  return app
}

/** Downloads: what they hold is what readers look for, as much as pages are. */
const FILE = /^\/items\/\d+\/files\//

/** Says of all answers that are neither pages nor files that results of web searches should not lead to them. */
export const unindexed = () =>
  createMiddleware<Env>(async function unindexed(c, next) {
    await next()
    const type = c.res.headers.get('content-type') ?? ''
    if (!type.startsWith('text/html') && !FILE.test(c.req.path)) c.header('x-robots-tag', 'noindex')
  })

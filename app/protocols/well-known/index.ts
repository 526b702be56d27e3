import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { whole } from '../../platform/conditional.ts'
import { writeApiCatalog } from './api-catalog.ts'
import { writeSecurity } from './security.ts'

/** What RFC 9727 names itself by. */
const PROFILE = 'https://www.rfc-editor.org/info/rfc9727'

/** Addresses that are the same at every host (RFC 8615): those that there is something at. */
export function wellKnownRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/.well-known/api-catalog', (c) => {
    const { url } = c.var.tenant
    c.header('link', `<${url}/.well-known/api-catalog>; rel="api-catalog"`)
    return whole(c, writeApiCatalog(url), `application/linkset+json; profile="${PROFILE}"`)
  })
  app.get('/.well-known/security.txt', async (c) => {
    const { contact, languages } = await c.var.tenant.settings()
    const text = writeSecurity({ url: c.var.tenant.url, contact, languages, now: new Date() })
    return whole(c, text, 'text/plain; charset=utf-8')
  })
  // Scanners ask for many others: they get no page, and nothing is looked up for them.
  app.get('/.well-known/*', (c) => c.text('There is nothing at this address.\n', 404))
  return app
}

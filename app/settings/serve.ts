import { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { Env } from '../env.ts'
import { logoAddress } from '../pages/links.ts'
import { notFound } from '../platform/problem.ts'
import { iconOf } from './icon.ts'
import { readLogo } from './store.ts'

/**
 * An SVG may hold scripts and addresses. In a page's `<img>` browsers run and load none of them (SVG Integration,
 * section 5); opened by itself it could, were it not for this. A drawing's own styles are all that it may have.
 */
const DRAWING_ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

/** Images that stand for the institution: its logo, and the icon that browsers show beside its name. */
export function iconRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:logo{logo\\.[0-9a-f]{16}\\.(?:png|jpg|webp|svg)}', etag(), async (c) => {
    // Not by the settings that this process may have kept: what is kept for a year must be what its address names.
    const found = await readLogo(c.var.tenant)
    if (!found) throw notFound()
    const { logo, bytes } = found
    return c.body(bytes, 200, {
      'content-type': logo.type,
      // Of a page that was made before the logo changed: it gets the present one, and does not keep it.
      'cache-control': c.req.path === logoAddress(logo) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': DRAWING_ALONE,
    })
  })
  // Browsers ask for the second by themselves where no page told them of the first.
  for (const path of ['/favicon.svg', '/favicon.ico'])
    app.get(path, etag(), async (c) =>
      c.body(iconOf(await c.var.tenant.settings()), 200, {
        'content-type': 'image/svg+xml',
        'cache-control': 'public, max-age=86400',
        'content-security-policy': DRAWING_ALONE,
      }),
    )
  return app
}

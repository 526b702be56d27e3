import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { shownCollections, shownStretches } from '../../collections/index.ts'
import type { Env } from '../../env.ts'
import { publicIn, publicStretches } from '../../items/index.ts'
import { lastModified, whole } from '../../platform/conditional.ts'
import { notFound } from '../../platform/problem.ts'
import { type Address, writeIndex, writeSitemap } from './write.ts'

/** Numbers of items, or of collections, to a sitemap. It may have 50,000 addresses. */
const LENGTH = 10_000
/** Sitemaps to an index at most (sitemaps.org, "Using Sitemap index files"), less that of the pages. */
const MOST = 50_000 - 1

/** Pages that are neither an item nor a collection. */
const PAGES = ['/', '/collections']

/**
 * Sitemaps (sitemaps.org): an index, and parts by ranges of numbers, so that a part changes only when what is in it
 * does. All lie at the top: a sitemap may name what lies below its own folder alone.
 */
export function sitemapRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  const packed = compress({ encoding: 'gzip' })
  app.get('/sitemap.xml', packed, async (c) => {
    const { tenant } = c.var
    const [items, collections] = await Promise.all([
      publicStretches(tenant, LENGTH, MOST),
      shownStretches(tenant, LENGTH),
    ])
    const parts: Address[] = [
      { path: '/sitemap-pages.xml' },
      ...collections.map((part) => ({ path: `/sitemap-collections-${part}.xml` })),
      ...items.map(({ part, changed }) => ({ path: `/sitemap-items-${part}.xml`, changed })),
    ]
    return answer(c, writeIndex(tenant.url, parts.slice(0, MOST + 1)))
  })
  app.get('/sitemap-pages.xml', packed, (c) =>
    answer(
      c,
      writeSitemap(
        c.var.tenant.url,
        PAGES.map((path) => ({ path })),
      ),
    ),
  )
  app.get('/:sitemap{sitemap-collections-[0-9]{1,6}\\.xml}', packed, async (c) => {
    const ids = await shownCollections(c.var.tenant, partIn(c.req.param('sitemap')), LENGTH)
    if (ids.length === 0) throw notFound()
    return answer(
      c,
      writeSitemap(
        c.var.tenant.url,
        ids.map((id) => ({ path: `/collections/${id}` })),
      ),
    )
  })
  app.get('/:sitemap{sitemap-items-[0-9]{1,6}\\.xml}', packed, async (c) => {
    const found = await publicIn(c.var.tenant, partIn(c.req.param('sitemap')), LENGTH)
    if (!found) throw notFound()
    const modified = lastModified(found.changed)
    if (modified !== undefined) c.header('last-modified', modified)
    const addresses = found.items.map(({ item, datestamp }) => ({ path: `/items/${item}`, changed: datestamp }))
    return answer(c, writeSitemap(c.var.tenant.url, addresses))
  })
  return app
}

const answer = (c: Context<Env>, xml: string) => whole(c, xml, 'application/xml; charset=utf-8')

const partIn = (name: string) => Number(/\d+/.exec(name)?.[0])

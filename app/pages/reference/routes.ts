import { type Context, Hono } from 'hono'
import type { Describe } from '../../api/index.ts'
import type { Env } from '../../env.ts'
import { notFound } from '../../platform/problem.ts'
import { pageFor } from '../language.ts'
import { renderIntroduction, renderPart, renderSchemas, SCHEMAS } from './pages.tsx'
import { partsOf } from './parts.ts'

/** The reference of the API, made from its document: an introduction, and a page for each part. */
export function referencePages(describe: Describe): Hono<Env> {
  const app = new Hono<Env>()
  const prepare = async (c: Context<Env>) => {
    const { tenant } = c.var
    const [settings, document] = await Promise.all([tenant.settings(), describe(tenant)])
    return { page: pageFor(c, settings, tenant), reference: { document, parts: partsOf(document) } }
  }
  app.get('/api', async (c) => {
    const { page, reference } = await prepare(c)
    return c.html(renderIntroduction(page, reference))
  })
  app.get('/api/:part{[a-z]+}', async (c) => {
    const { page, reference } = await prepare(c)
    const slug = c.req.param('part')
    if (slug === SCHEMAS) return c.html(renderSchemas(page, reference))
    const part = reference.parts.find((each) => each.slug === slug)
    if (!part) throw notFound()
    return c.html(renderPart(page, reference, part))
  })
  return app
}

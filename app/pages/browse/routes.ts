import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import { browse, browsingIn, type Listed } from '../../search/index.ts'
import { pageFor } from '../language.ts'
import { listAddress, renderNames } from './names.tsx'

/** Names on a page. */
const PAGE = 100

/** People and subjects as lists. */
export function browsePages(): Hono<Env> {
  const app = new Hono<Env>()
  app.get(listAddress('creator'), (c) => namesPage(c, 'creator'))
  app.get(listAddress('subject'), (c) => namesPage(c, 'subject'))
  return app
}

async function namesPage(c: Context<Env>, facet: Listed): Promise<Response> {
  const { tenant, actor } = c.var
  const asked = browsingIn(facet, new URL(c.req.url).searchParams)
  const [settings, found] = await Promise.all([tenant.settings(), browse(tenant, actor, asked, PAGE)])
  return c.html(renderNames(pageFor(c, settings, tenant), { asked, found }))
}

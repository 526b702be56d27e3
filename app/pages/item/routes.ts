import { type Context, Hono } from 'hono'
import { pathsOf } from '../../collections/index.ts'
import type { Env } from '../../env.ts'
import { readItem } from '../../items/index.ts'
import { notFound } from '../../platform/problem.ts'
import { answerNegotiated } from '../../protocols/metadata/index.ts'
import { signposts } from '../../protocols/signposting/index.ts'
import { related } from '../../search/index.ts'
import { countUse, usesOf } from '../../statistics/index.ts'
import { pageFor } from '../language.ts'
import { repositoryOf } from '../page.ts'
import { renderTombstone } from '../tombstone.tsx'
import { renderItem } from './index.tsx'
import { previewPage } from './preview-route.ts'

/** Related items on a page. */
const RELATED = 5

/** Items, their versions, and previews of their files. */
export function itemPages(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/items/:number{[1-9][0-9]{0,8}}', (c) => itemPage(c, Number(c.req.param('number'))))
  app.get('/items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}', (c) =>
    itemPage(c, Number(c.req.param('number')), Number(c.req.param('version'))),
  )
  app.get('/items/:number{[1-9][0-9]{0,8}}/preview/:name{[^]+}', previewPage)
  return app
}

async function itemPage(c: Context<Env>, number: number, version?: number): Promise<Response> {
  const { tenant, actor } = c.var
  const [settings, reading, paths, uses] = await Promise.all([
    tenant.settings(),
    readItem(tenant, actor, number, version),
    pathsOf(tenant, actor, number),
    usesOf(tenant, number),
  ])
  if (!reading) throw notFound()
  c.header('vary', 'Accept')
  const other = reading.kind === 'item' ? answerNegotiated(c, reading.item, settings) : undefined
  if (other) return other
  const page = pageFor(c, settings, tenant)
  if (reading.kind === 'tombstone') return c.html(renderTombstone(page, reading.tombstone), 410)
  const repository = repositoryOf(page)
  const links = signposts(reading.item, repository)
  if (links !== undefined) c.header('link', links)
  // HEAD comes this way too, and looks at nothing.
  if (c.req.method === 'GET') countUse(tenant, { kind: 'view', item: number, userAgent: c.req.header('user-agent') })
  const { record } = reading.item
  return c.html(
    renderItem(page, reading.item, { paths, uses, related: await related(tenant, { number, record }, RELATED) }),
  )
}

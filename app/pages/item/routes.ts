import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import { lastChange, readItem } from '../../items/index.ts'
import { asksByDate, isHeld, lastModified } from '../../platform/conditional.ts'
import { notFound } from '../../platform/problem.ts'
import { answerNegotiated } from '../../protocols/metadata/index.ts'
import { signposts } from '../../protocols/signposting/index.ts'
import { related } from '../../search/index.ts'
import { countUse } from '../../statistics/index.ts'
import { pageFor } from '../language.ts'
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
  const settings = await tenant.settings()
  c.header('vary', 'Accept')
  if (version === undefined && (await isStill(c, number))) {
    pageFor(c, settings, tenant)
    return c.body(null, 304)
  }
  const reading = await readItem(tenant, actor, number, version)
  if (!reading) throw notFound()
  if (reading.kind === 'tombstone') return c.html(renderTombstone(pageFor(c, settings, tenant), reading.tombstone), 410)
  const modified = lastModified(reading.changed)
  if (modified !== undefined) c.header('last-modified', modified)
  c.header('link', signposts(reading.item, { url: tenant.url, name: settings.name }))
  const other = answerNegotiated(c, reading.item, settings)
  if (other) return other
  // HEAD comes this way too, and looks at nothing.
  if (c.req.method === 'GET') countUse(tenant, { kind: 'view', item: number, userAgent: c.req.header('user-agent') })
  const { item, uses, paths } = reading
  const alike = await related(tenant, { number, record: item.record }, RELATED)
  return c.html(renderItem(pageFor(c, settings, tenant), item, { paths, uses, related: alike }))
}

/** Whether an item is as a crawler knows it by its date: then nothing needs to be read or written of it. */
async function isStill(c: Context<Env>, number: number): Promise<boolean> {
  const { tenant, actor } = c.var
  if (actor.kind !== 'anonymous' || !asksByDate(c.req)) return false
  const modified = lastModified(await lastChange(tenant, number))
  if (!isHeld(c.req, { lastModified: modified })) return false
  c.header('last-modified', modified)
  return true
}

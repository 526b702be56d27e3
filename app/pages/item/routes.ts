import { type Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { pathsOf } from '../../collections/index.ts'
import type { Env } from '../../env.ts'
import { lastChange, readItem } from '../../items/index.ts'
import { asksByDate, isHeld, lastModified } from '../../platform/conditional.ts'
import { notFound } from '../../platform/problem.ts'
import { signposts } from '../../protocols/signposting/index.ts'
import { jpcoar } from '../../records/index.ts'
import { pageFor } from '../language.ts'
import { renderTombstone } from '../tombstone.tsx'
import { renderItem } from './index.tsx'

/** A record in JPCOAR 2.0: whoever asks for XML gets it at the item's own address. */
const JPCOAR = 'application/xml'

/** Items, and their versions. */
export function itemPages(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/items/:number{[1-9][0-9]{0,8}}', (c) => itemPage(c, Number(c.req.param('number'))))
  app.get('/items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}', (c) =>
    itemPage(c, Number(c.req.param('number')), Number(c.req.param('version'))),
  )
  return app
}

async function itemPage(c: Context<Env>, number: number, version?: number): Promise<Response> {
  const { tenant, actor } = c.var
  const settings = await tenant.settings()
  const still = version === undefined && (await isStill(c, number))
  const reading = still ? undefined : await readItem(tenant, actor, number, version)
  if (!still && !reading) throw notFound()
  c.header('vary', 'Accept')
  const page = pageFor(c, settings, tenant)
  if (!reading) return c.body(null, 304)
  if (reading.kind === 'tombstone') return c.html(renderTombstone(page, reading.tombstone), 410)
  const modified = lastModified(reading.changed)
  if (modified !== undefined) c.header('last-modified', modified)
  c.header('link', signposts(reading.item, { url: tenant.url, name: settings.name }))
  if (accepts(c, { header: 'Accept', supports: ['text/html', JPCOAR], default: 'text/html' }) === JPCOAR)
    return c.body(jpcoar.write(reading.item), 200, { 'content-type': `${JPCOAR}; charset=utf-8` })
  return c.html(renderItem(page, reading.item, await pathsOf(tenant, actor, number)))
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

import { type Context, Hono } from 'hono'
import { pathsOf } from '../../collections/index.ts'
import type { Env } from '../../env.ts'
import { readItem } from '../../items/index.ts'
import { notFound } from '../../platform/problem.ts'
import { answerNegotiated } from '../../protocols/metadata/index.ts'
import { pageFor } from '../language.ts'
import { renderTombstone } from '../tombstone.tsx'
import { renderItem } from './index.tsx'

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
  const [settings, reading] = await Promise.all([tenant.settings(), readItem(tenant, actor, number, version)])
  if (!reading) throw notFound()
  c.header('vary', 'Accept')
  const other = reading.kind === 'item' ? answerNegotiated(c, reading.item, settings) : undefined
  if (other) return other
  const page = pageFor(c, settings, tenant)
  if (reading.kind === 'tombstone') return c.html(renderTombstone(page, reading.tombstone), 410)
  return c.html(renderItem(page, reading.item, await pathsOf(tenant, actor, number)))
}

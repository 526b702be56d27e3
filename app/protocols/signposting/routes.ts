import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import type { Dissemination } from '../../items/dissemination.ts'
import { readItem } from '../../items/index.ts'
import { lastModified, whole } from '../../platform/conditional.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import type { Repository } from '../../records/formats/outputs.ts'
import { writeLinkset, writeLinksetJson } from './linkset.ts'

/** The linksets of items and of versions, in both forms of RFC 9264, each at an address of its own. */
export function signpostingRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  for (const at of [
    '/items/:number{[1-9][0-9]{0,8}}',
    '/items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}',
  ]) {
    app.get(`${at}/linkset.json`, (c) => respond(c, writeLinksetJson, 'application/linkset+json'))
    app.get(`${at}/linkset`, (c) => respond(c, writeLinkset, 'application/linkset'))
  }
  return app
}

async function respond(
  c: Context<Env>,
  write: (item: Dissemination, repository: Repository) => string,
  type: string,
): Promise<Response> {
  const { tenant, actor } = c.var
  const { number, version } = c.req.param() as { number: string; version?: string }
  const [{ name }, reading] = await Promise.all([
    tenant.settings(),
    readItem(tenant, actor, Number(number), version === undefined ? undefined : Number(version)),
  ])
  if (!reading) throw notFound()
  if (reading.kind === 'tombstone') throw new Problem(410, 'Gone', 'This item is not public any more.')
  const modified = lastModified(reading.changed)
  if (modified !== undefined) c.header('last-modified', modified)
  return whole(c, write(reading.item, { url: tenant.url, name }), type)
}

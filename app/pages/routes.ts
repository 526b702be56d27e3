import { type Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { listCollections, pathsOf } from '../collections/index.ts'
import type { Env } from '../env.ts'
import { countPublic, readItem } from '../items/index.ts'
import { notFound, type Problem } from '../platform/problem.ts'
import { jpcoar } from '../records/index.ts'
import { addressOf, isPlaceOf, search, searchIn } from '../search/index.ts'
import { collectionPages } from './collections/routes.ts'
import { type ErrorReason, renderError } from './error.tsx'
import { renderHome } from './home.tsx'
import { renderItem } from './item/index.tsx'
import { pageFor } from './language.ts'
import { renderSearch } from './search/index.tsx'
import { renderTombstone } from './tombstone.tsx'

const NEWEST = 10
const PAGE = 20
/** Collections on the front page. */
const COLLECTIONS = 12
/** A record in JPCOAR 2.0: whoever asks for XML gets it at the item's own address. */
const JPCOAR = 'application/xml'

/** What readers see. */
export function pageRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => {
    const { tenant, actor } = c.var
    const [settings, items, { results }, { collections }] = await Promise.all([
      tenant.settings(),
      countPublic(tenant),
      search(tenant, actor, { words: '', chosen: {} }, { size: NEWEST, counts: false }),
      listCollections(tenant, actor, { parent: null, size: COLLECTIONS }),
    ])
    return c.html(renderHome(pageFor(c, settings, tenant), { items, newest: results, collections }))
  })

  app.get('/search', async (c) => {
    const { tenant, actor } = c.var
    const parameters = new URL(c.req.url).searchParams
    const asked = searchIn(parameters)
    const place = parameters.get('after') ?? ''
    // A place that is none here, in an old link perhaps, leads to the beginning.
    const after = isPlaceOf(asked, place) ? place : undefined
    const [settings, found] = await Promise.all([
      tenant.settings(),
      search(tenant, actor, asked, { size: PAGE, after, counts: true }),
    ])
    const next = found.next === undefined ? undefined : addressOf(asked, { after: found.next })
    return c.html(renderSearch(pageFor(c, settings, tenant), { asked, found, next, later: after !== undefined }))
  })

  app.get('/items/:number{[1-9][0-9]{0,8}}', (c) => itemPage(c, Number(c.req.param('number'))))
  app.get('/items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}', (c) =>
    itemPage(c, Number(c.req.param('number')), Number(c.req.param('version'))),
  )
  app.route('/', collectionPages())
  // The addresses of the software that went before.
  app.get('/records/:number{[0-9]{1,9}}', (c) =>
    c.redirect(`${c.var.tenant.url}/items/${Number(c.req.param('number'))}`, 301),
  )
  return app
}

async function itemPage(c: Context<Env>, number: number, version?: number): Promise<Response> {
  const { tenant, actor } = c.var
  const [settings, reading] = await Promise.all([tenant.settings(), readItem(tenant, actor, number, version)])
  if (!reading) throw notFound()
  c.header('vary', 'Accept')
  const page = pageFor(c, settings, tenant)
  if (reading.kind === 'tombstone') return c.html(renderTombstone(page, reading.tombstone), 410)
  if (accepts(c, { header: 'Accept', supports: ['text/html', JPCOAR], default: 'text/html' }) === JPCOAR)
    return c.body(jpcoar.write(reading.item), 200, { 'content-type': `${JPCOAR}; charset=utf-8` })
  return c.html(renderItem(page, reading.item, await pathsOf(tenant, actor, number)))
}

/** Answers a problem as a page, in the institution's name as far as one can be had. */
export async function problemPage(c: Context<Env>, problem: Problem): Promise<Response> {
  const { tenant, requestId } = c.var
  const settings = problem.status === 503 ? undefined : await tenant?.settings().catch(() => undefined)
  const page = settings && pageFor(c, settings, tenant)
  const { status } = problem
  return c.html(renderError(page, { reason: reasonOf(problem, tenant?.state), reference: requestId }), status)
}

function reasonOf({ status }: Problem, state: string | undefined): ErrorReason {
  if (state === 'closed' && status === 410) return 'closed'
  if (status === 404) return 'not-found'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'unexpected' : 'refused'
}

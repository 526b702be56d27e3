import { type Context, Hono } from 'hono'
import type { Describe } from '../api/index.ts'
import { listCollections } from '../collections/index.ts'
import type { Env } from '../env.ts'
import { countPublic } from '../items/index.ts'
import { notFound, type Problem } from '../platform/problem.ts'
import { outline, search } from '../search/index.ts'
import { mostRead } from '../statistics/index.ts'
import { browsePages } from './browse/routes.ts'
import { collectionPages } from './collections/routes.ts'
import { type ErrorReason, renderError } from './error.tsx'
import { renderHome } from './home.tsx'
import { itemPages } from './item/routes.ts'
import { pageFor } from './language.ts'
import { renderOwnPage } from './own-pages.tsx'
import { ownTexts } from './own-texts.ts'
import { referencePages } from './reference/routes.ts'
import { searchPages } from './search/routes.ts'

const NEWEST = 10
/** Collections on the front page. */
const COLLECTIONS = 8
const MOST_READ = 5

/** What readers see. */
export function pageRoutes(describe: Describe): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => {
    const { tenant, actor } = c.var
    const [settings, items, { results }, { collections }, read, inOutline] = await Promise.all([
      tenant.settings(),
      countPublic(tenant),
      search(tenant, actor, { words: '', chosen: {} }, { size: NEWEST, counts: false, bare: true }),
      listCollections(tenant, actor, { parent: null, size: COLLECTIONS }),
      mostRead(tenant, MOST_READ),
      outline(tenant),
    ])
    const page = pageFor(c, settings, tenant)
    return c.html(renderHome(page, { items, newest: results, collections, mostRead: read, outline: inOutline }))
  })

  for (const name of ownTexts)
    app.get(`/${name}`, async (c) => {
      const page = renderOwnPage(pageFor(c, await c.var.tenant.settings(), c.var.tenant), name)
      if (page === undefined) throw notFound()
      return c.html(page)
    })
  app.route('/', searchPages())
  app.route('/', browsePages())
  app.route('/', itemPages())
  app.route('/', collectionPages())
  app.route('/', referencePages(describe))
  // The addresses of the software that went before.
  app.get('/records/:number{[0-9]{1,9}}', (c) =>
    c.redirect(`${c.var.tenant.url}/items/${Number(c.req.param('number'))}`, 301),
  )
  return app
}

/** Answers a problem as a page, in the institution's name as far as one can be had. */
export async function problemPage(c: Context<Env>, problem: Problem): Promise<Response> {
  const { tenant, requestId } = c.var
  const settings = problem.status === 503 ? undefined : await tenant?.settings().catch(() => undefined)
  const page = settings && pageFor(c, settings, tenant)
  const { status, headers } = problem
  const { until } = problem.more
  const wait = Number(headers['retry-after'])
  const error = {
    reason: reasonOf(problem, tenant?.state, c.req.path),
    reference: requestId,
    until,
    ...(wait > 0 && { retryAfter: wait }),
  }
  return c.html(renderError(page, error), status)
}

function reasonOf({ status, more: { until } }: Problem, state: string | undefined, path: string): ErrorReason {
  if (status === 410) return state === 'closed' ? 'closed' : 'gone'
  if (status === 403 && /^\/items\/\d+\/files\//.test(path)) return until === undefined ? 'forbidden' : 'embargoed'
  if (status === 409 && /^\/items\/\d+\/(files|preview)\//.test(path)) return 'checked'
  if (status === 404) return 'not-found'
  if (status === 429) return 'too-many'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'unexpected' : 'refused'
}

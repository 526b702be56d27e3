import { type Context, Hono } from 'hono'
import type { Describe } from '../api/index.ts'
import { listCollections } from '../collections/index.ts'
import type { Env } from '../env.ts'
import { countPublic } from '../items/index.ts'
import type { Problem } from '../platform/problem.ts'
import { search } from '../search/index.ts'
import { collectionPages } from './collections/routes.ts'
import { type ErrorReason, renderError } from './error.tsx'
import { renderHome } from './home.tsx'
import { itemPages } from './item/routes.ts'
import { pageFor } from './language.ts'
import { referencePages } from './reference/routes.ts'
import { searchPages } from './search/routes.ts'

const NEWEST = 10
/** Collections on the front page. */
const COLLECTIONS = 12

/** What readers see. */
export function pageRoutes(describe: Describe): Hono<Env> {
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

  app.route('/', searchPages())
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
  const { status } = problem
  return c.html(renderError(page, { reason: reasonOf(problem, tenant?.state), reference: requestId }), status)
}

function reasonOf({ status }: Problem, state: string | undefined): ErrorReason {
  if (state === 'closed' && status === 410) return 'closed'
  if (status === 404) return 'not-found'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'unexpected' : 'refused'
}

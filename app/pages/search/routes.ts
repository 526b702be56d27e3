import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { addressOf, isPlaceOf, search, searchIn } from '../../search/index.ts'
import { pageFor } from '../language.ts'
import { renderSearch } from './index.tsx'

const PAGE = 20

/** Searches. */
export function searchPages(): Hono<Env> {
  const app = new Hono<Env>()
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
  return app
}

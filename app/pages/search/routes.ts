import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { addressOf, isPlaceOf, namesAlike, pageSizes, search, searchIn, wider } from '../../search/index.ts'
import { pageFor } from '../language.ts'
import { renderSearch } from './index.tsx'

/** Names of each kind that are offered where nothing is found. */
const NAMES_ALIKE = 3

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
      search(tenant, actor, asked, { size: asked.size ?? pageSizes[0], after, counts: true }),
    ])
    const next = found.next === undefined ? undefined : addressOf(asked, { after: found.next })
    const nothing = found.total.value === 0
    const [others, names] = nothing
      ? await Promise.all([wider(tenant, actor, asked), namesAlike(tenant, actor, asked.words, NAMES_ALIKE)])
      : [[], []]
    const page = pageFor(c, settings, tenant)
    return c.html(renderSearch(page, { asked, found, next, later: after !== undefined, wider: others, names }))
  })
  return app
}

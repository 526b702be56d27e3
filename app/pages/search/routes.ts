import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import {
  addressOf,
  isPlaceOf,
  namesAlike,
  pageSizes,
  search,
  searchIn,
  searchState,
  wider,
} from '../../search/index.ts'
import { keptPage } from '../kept-page/index.ts'
import { pageFor } from '../language.ts'
import type { PageContext } from '../page.ts'
import { renderSearch } from './index.tsx'

/** Names of each kind that are offered where nothing is found. */
const NAMES_ALIKE = 3

/** Searches. */
export function searchPages(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/search', async (c) => {
    const { tenant } = c.var
    const [settings, state] = await Promise.all([tenant.settings(), searchState(tenant)])
    const page = pageFor(c, settings, tenant)
    return await keptPage(c, page, state, () => resultsPage(c, page))
  })
  return app
}

async function resultsPage(c: Context<Env>, page: PageContext): Promise<string> {
  const { tenant, actor } = c.var
  const parameters = new URL(c.req.url).searchParams
  const asked = searchIn(parameters)
  const place = parameters.get('after') ?? ''
  // A place that is none here, in an old link perhaps, leads to the beginning.
  const after = isPlaceOf(asked, place) ? place : undefined
  const found = await search(tenant, actor, asked, { size: asked.size ?? pageSizes[0], after, counts: true })
  const next = found.next === undefined ? undefined : addressOf(asked, { after: found.next })
  const nothing = found.total.value === 0
  const [others, names] = nothing
    ? await Promise.all([wider(tenant, actor, asked), namesAlike(tenant, actor, asked.words, NAMES_ALIKE)])
    : [[], []]
  return renderSearch(page, { asked, found, next, later: after !== undefined, wider: others, names })
}

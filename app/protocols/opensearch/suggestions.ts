import type { Context } from 'hono'
import { anonymous } from '../../accounts/index.ts'
import type { Env } from '../../env.ts'
import { itemUrl } from '../../items/index.ts'
import { chooseLanguage, messages, preferred } from '../../pages/index.ts'
import { notFound } from '../../platform/problem.ts'
import { addressOf, suggest } from '../../search/index.ts'

export const SUGGESTIONS = 'application/x-suggestions+json'
/** Seconds for which whoever types may keep an answer. */
const KEPT = 60
/** Titles, people and subjects at most, each. */
const MOST = 5

/**
 * `/search/suggest?q=`: what may be meant by the beginning of a word, as browsers ask for it while somebody types (the
 * OpenSearch Suggestions extension 1.1): what was typed, then completions, what each is, and where it leads. Everybody
 * is told the same: browsers send no token.
 */
export async function suggestions(c: Context<Env>): Promise<Response> {
  const { tenant } = c.var
  const typed = c.req.query('q') ?? ''
  const found = await suggest(tenant, anonymous, typed, MOST)
  if (!found) throw notFound()
  const asked = c.req.query('lang')
  const { languages } = await tenant.settings()
  const language = chooseLanguage({ asked, accepted: c.req.header('accept-language') }, languages)
  const words = messages[language]
  const all = new Map<string, [what: string, address: string]>()
  for (const { facet, value } of found.names)
    all.set(value, [words.facets[facet], `${tenant.url}${addressOf({ words: '', chosen: { [facet]: [value] } })}`])
  for (const { number, titles, type } of found.items) {
    const title = preferred(titles, language)?.value
    if (title !== undefined && !all.has(title))
      all.set(title, [words.terms.resourceTypes[type], itemUrl(tenant, number)])
  }
  const described = [...all.values()]
  c.header('cache-control', `public, max-age=${KEPT}`)
  c.header('vary', 'Accept-Language', { append: true })
  return c.body(
    JSON.stringify([typed, [...all.keys()], described.map(([what]) => what), described.map(([, address]) => address)]),
    200,
    { 'content-type': `${SUGGESTIONS}; charset=utf-8` },
  )
}

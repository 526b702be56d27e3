import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { chooseLanguage, localized } from '../../pages/index.ts'
import { whole } from '../../platform/conditional.ts'
import { documentOf, element } from '../xml.ts'
import { SUGGESTIONS, suggestions } from './suggestions.ts'

/** Characters of the names at most (OpenSearch 1.1, "ShortName", "LongName"). */
const SHORT = 16
const LONG = 48

/** `/opensearch.xml`: how an institution is searched, for browsers and programs (OpenSearch 1.1); and what it suggests. */
export function openSearchRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/opensearch.xml', async (c) => {
    const { url, search } = c.var.tenant
    const { name, languages, contact } = await c.var.tenant.settings()
    const asked = c.req.query('lang')
    const language = chooseLanguage({ asked, accepted: c.req.header('accept-language') }, languages)
    const institution = localized(name, language).value
    const inLanguage = languages.length > 1 ? `&lang=${language}` : ''
    const found = (type: string, path: string, rel = 'results') =>
      element('Url', { type, rel, template: `${url}${path}?q={searchTerms}${inLanguage}` })
    const description = element('OpenSearchDescription', { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' }, [
      element('ShortName', {}, within(SHORT, institution)),
      element('LongName', {}, within(LONG, institution)),
      element('Description', {}, institution),
      element('Contact', {}, contact),
      found('text/html', '/search'),
      found('application/atom+xml', '/feed.atom'),
      ...(search.suggest ? [found(SUGGESTIONS, '/search/suggest', 'suggestions')] : []),
      element('Url', {
        type: 'application/opensearchdescription+xml',
        rel: 'self',
        template: `${url}/opensearch.xml${inLanguage.replace('&', '?')}`,
      }),
      ...languages.map((each) => element('Language', {}, each)),
      element('InputEncoding', {}, 'UTF-8'),
      element('OutputEncoding', {}, 'UTF-8'),
    ])
    c.header('content-language', language)
    if (languages.length > 1) c.header('vary', 'Accept-Language', { append: true })
    return whole(c, documentOf(description), 'application/opensearchdescription+xml; charset=utf-8')
  })
  app.get('/search/suggest', suggestions)
  return app
}

/** A name as far as there is room: to the end of a word where it has words, else cut. */
export function within(room: number, name: string): string {
  const characters = [...name]
  if (characters.length <= room) return name
  const beginning = characters.slice(0, room + 1).join('')
  const words = beginning.slice(0, Math.max(0, beginning.lastIndexOf(' ')))
  return words === '' ? `${characters.slice(0, room - 1).join('')}…` : words
}

import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { anonymous } from '../../accounts/index.ts'
import { readCollection } from '../../collections/index.ts'
import type { Env } from '../../env.ts'
import { readPublic } from '../../items/index.ts'
import { chooseLanguage, localized, messages } from '../../pages/index.ts'
import { whole } from '../../platform/conditional.ts'
import { notFound } from '../../platform/problem.ts'
import { addressOf, isPlaceOf, search, searchIn } from '../../search/index.ts'
import type { Language, Settings } from '../../tenancy/schema.ts'
import { type FeedFormat, type FeedSubject, feedAddress, feedTypes, searchOf } from './address.ts'
import { writeAtom } from './atom.ts'
import { entryOf } from './entries.ts'
import type { Feed } from './feed.ts'
import { writeRss } from './rss.ts'

/** Entries of a feed at most. */
const SIZE = 50

/**
 * Feeds: what was published last, of the institution or of what a search finds (`/feed.atom?q=…`, parameters as
 * `/search` has them), and of a collection. They show what the public may see, whoever asks: readers of feeds pass on
 * what they get.
 */
export function feedRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  const packed = compress({ encoding: 'gzip' })
  for (const format of ['atom', 'rss'] as const) {
    app.get(`/feed.${format}`, packed, (c) => respond(c, format, { search: searchIn(new URL(c.req.url).searchParams) }))
    app.get(`/collections/:collection{[1-9][0-9]{0,8}}/feed.${format}`, packed, async (c) => {
      const id = Number(c.req.param('collection'))
      const [{ languages }, collection] = await Promise.all([
        c.var.tenant.settings(),
        readCollection(c.var.tenant, anonymous, id),
      ])
      if (!collection) throw notFound()
      return await respond(c, format, {
        collection: { id, name: localized(collection.name, languageOf(c, languages)).value },
      })
    })
  }
  return app
}

async function respond(c: Context<Env>, format: FeedFormat, subject: FeedSubject): Promise<Response> {
  const settings = await c.var.tenant.settings()
  const feed = await readFeed(c, format, subject, settings)
  c.header('content-language', feed.language)
  if (settings.languages.length > 1) c.header('vary', 'Accept-Language', { append: true })
  return whole(c, format === 'atom' ? writeAtom(feed) : writeRss(feed), `${feedTypes[format]}; charset=utf-8`)
}

async function readFeed(
  c: Context<Env>,
  format: FeedFormat,
  subject: FeedSubject,
  { name, languages }: Settings,
): Promise<Feed> {
  const { tenant } = c.var
  const asked = { ...searchOf(subject), sort: 'published' as const }
  const place = c.req.query('after') ?? ''
  // A place that is none here, in an old link perhaps, leads to the beginning.
  const after = isPlaceOf(asked, place) ? place : undefined
  const { results, total, next } = await search(tenant, anonymous, asked, { size: SIZE, after, counts: false })
  const items = await readPublic(
    tenant,
    results.map(({ number }) => number),
  )
  const language = languageOf(c, languages)
  const institution = localized(name, language).value
  const lang = c.req.query('lang')
  const addressed = (more: { [name: string]: string | undefined }) =>
    `${tenant.url}${feedAddress(subject, format, { ...more, lang: lang === language ? lang : undefined })}`
  return {
    title: [titleOf(subject, language), institution].filter((part) => part !== undefined).join(' | '),
    language,
    institution,
    self: addressed({ after }),
    first: addressed({}),
    page: `${tenant.url}${pageOf(subject)}`,
    next: next === undefined ? undefined : addressed({ after: next }),
    words: asked.words,
    total: total.value,
    size: SIZE,
    entries: items.map(({ item, datestamp }) => entryOf(tenant, language, item, datestamp)),
  }
}

/** As pages choose it, but for the cookie: a reader of feeds has none. */
const languageOf = (c: Context<Env>, offered: Settings['languages']) =>
  chooseLanguage({ asked: c.req.query('lang'), accepted: c.req.header('accept-language') }, offered)

/** Nothing for the feed of the whole institution. */
function titleOf(subject: FeedSubject, language: Language): string | undefined {
  if ('collection' in subject) return subject.collection.name
  const { words } = subject.search
  return words === '' ? undefined : messages[language].searchResults(words)
}

function pageOf(subject: FeedSubject): string {
  if ('collection' in subject) return `/collections/${subject.collection.id}`
  const results = addressOf({ ...subject.search, sort: undefined, size: undefined })
  return results === '/search' ? '/' : results
}

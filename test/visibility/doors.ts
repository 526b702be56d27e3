import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import { messages } from '../../app/pages/languages/index.ts'
import { type AccessRight, accessRightUri } from '../../app/records/vocabularies.ts'
import { readOai } from '../support/harvester.ts'
import { type HtmlElement, ofClass, parseHtml } from '../support/html.ts'
import type { Institutions } from '../support/institutions.ts'
import {
  type Actor,
  atAddress,
  contentOf,
  type Item,
  inCollections,
  inHarvest,
  inLists,
  inPublicCollections,
  inPublicLists,
  isStored,
  type Sight,
  type World,
} from './model.ts'

/**
 * All doors by which what an institution holds is seen. To add one, write what it shows of an item as a {@link Sight}
 * and put it into {@link doors} with the routes that it is: the property in `test/visibility.test.ts` does the rest.
 */
export interface Door {
  name: string
  /** As the application names them: `GET /items/:number`. */
  routes: string[]
  /** What it has to show: {@link atAddress}, {@link inLists}, {@link inHarvest}. */
  expected(world: World, actor: Actor, item: Item, version?: number): Sight
  /** Whether it is also asked for each version of each item, and for one that there is not. */
  versions?: true
  /** Whether it hands out files' bytes, to those who may have them. */
  files?: true
  /**
   * Goes to it as an actor: once, for a list; what it returns then says what is seen of an item (or of a version).
   */
  look(visit: Visit): Promise<(item: Item, version?: number) => Sight | Promise<Sight>>
}

/** One actor's visit to an institution. */
export interface Visit {
  id: string
  actor: Actor
  /** A word that stands in the title of every item of this history, and of no other. */
  word: string
  /** A datestamp that nothing of this history is earlier than. */
  since: string
  /** Ids of all collections, also of those that are closed. */
  collections: number[]
  get(path: string, accept?: string): Promise<Answer>
}

export interface Answer {
  status: number
  text: string
}

/** A visit whose answers are kept: whatever else it does, no door may let slip what is not the actor's to know. */
export function visitor(kura: Institutions, given: Omit<Visit, 'get'>): Visit & { heard: string[] } {
  const heard: string[] = []
  const { id, actor } = given
  const get = async (path: string, accept = 'text/html') => {
    const authorization = actor.token && `Bearer ${actor.token}`
    const response = await kura.request(id, path, {
      headers: { accept, 'accept-language': 'en', ...(authorization && { authorization }) },
    })
    const answer = { status: response.status, text: await response.text() }
    if (answer.status >= 500) throw new Error(`${path} answers ${answer.status}`)
    heard.push(answer.text)
    return answer
  }
  return { ...given, heard, get }
}

const ITEM = 'GET /items/:number{[1-9][0-9]{0,8}}'
const VERSION = 'GET /items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}'
const addressOf = ({ number }: Item, version?: number) =>
  `/items/${number}${version === undefined ? '' : `/versions/${version}`}`

const RIGHTS: AccessRight[] = ['open access', 'embargoed access', 'restricted access', 'metadata only access']
const inWords = (text: string | undefined) =>
  RIGHTS.find((right) => text?.startsWith(messages.en.terms.accessRights[right]))

const page: Door = {
  name: 'the page of an item or a version',
  routes: [ITEM, VERSION],
  expected: atAddress,
  versions: true,
  look: async ({ get }) => {
    return async (item, version) => {
      const { status, text } = await get(addressOf(item, version))
      if (status === 404) return { shows: 'nothing' }
      const elements = parseHtml(text)
      const title = elements.find(({ name }) => name === 'h1')?.text ?? ''
      if (status === 410) return { shows: 'tombstone', title }
      const files = elements.filter(({ classes }) => classes.includes('file'))
      const nameIn = (file: HtmlElement) => ofClass(file.elements, 'file-name')?.text as string
      const access = inWords(ofClass(ofClass(elements, 'kicker')?.elements ?? [], 'access')?.text)
      return {
        shows: 'item',
        title,
        ...(access && { access }),
        files: files.map(nameIn).sort(),
        paths: collectionsIn(ofClass(elements, 'paths')?.elements ?? []),
        readable: files
          .filter((file) => file.elements.some(({ name }) => name === 'a'))
          .map(nameIn)
          .sort(),
      }
    }
  },
}

const collectionsIn = (elements: HtmlElement[]) => {
  const ids = elements.flatMap(
    ({ attributes }) => /^\/collections\/(\d+)$/.exec(attributes.get('href') ?? '')?.[1] ?? [],
  )
  return [...new Set(ids.map(Number))].sort((a, b) => a - b)
}

/** The name of a file by its address; an address elsewhere as it is. */
function nameOfUri(uri: string, { number }: Item): string {
  const own = `/items/${number}/files/`
  return uri.includes(own) ? uri.slice(uri.indexOf(own) + own.length).replace(/\?.*/, '') : uri
}

/** What a record in XML says, in whatever format: `dc:title`, the URI of its access, addresses of files. */
function sightOfXml(xml: string, item: Item): Sight {
  const title = /<dc:title[^>]*>([^<]*)/.exec(xml)?.[1]
  const access = RIGHTS.find(
    (right) => xml.includes(`"${accessRightUri(right)}"`) || xml.includes(`>${accessRightUri(right)}<`),
  )
  const uris = [...xml.matchAll(/<jpcoar:URI[^>]*>([^<]*)/g)].map(([, uri]) => uri as string)
  const files = uris.map((uri) => nameOfUri(uri, item))
  return {
    shows: 'item',
    title: title ?? '',
    ...(access && { access }),
    ...(xml.includes('<jpcoar:jpcoar') && { addresses: files.sort() }),
  }
}

const jpcoarAtAddress: Door = {
  name: 'JPCOAR at the address of an item or a version',
  routes: [ITEM, VERSION],
  expected: atAddress,
  versions: true,
  look: async ({ get }) => {
    return async (item, version) => {
      const { status, text } = await get(addressOf(item, version), 'application/xml')
      if (status === 404) return { shows: 'nothing' }
      return status === 410 ? { shows: 'tombstone' } : sightOfXml(text, item)
    }
  },
}

/** What each format says: the title, and where the format speaks of it, access and addresses of files. */
const formats: { readonly [id: string]: (text: string, item: Item) => Sight } = {
  bibtex: (text) => ({ shows: 'item', title: /title = \{\{(.*)\}\}/.exec(text)?.[1] ?? '' }),
  ris: (text) => ({ shows: 'item', title: /^TI {2}- (.*)\r$/m.exec(text)?.[1] ?? '' }),
  'csl-json': (text) => ({ shows: 'item', title: (JSON.parse(text) as { title?: string }[])[0]?.title ?? '' }),
  'jpcoar_2.0': sightOfXml,
  'jpcoar_2.1': sightOfXml,
  oai_dc: sightOfXml,
  datacite: (text) => ({ shows: 'item', title: /<title\b[^>]*>([^<]*)/.exec(text)?.[1] ?? '' }),
  'datacite-json': (text) => ({ shows: 'item', title: (JSON.parse(text) as DataCite).titles[0]?.title ?? '' }),
  'schema-org': (text) => ({ shows: 'item', title: (JSON.parse(text) as { name?: string }).name ?? '' }),
}
interface DataCite {
  titles: { title: string }[]
}

const inFormat = ([id, sight]: [string, (text: string, item: Item) => Sight]): Door => ({
  name: `${id} at its own address`,
  routes: [`${ITEM}/metadata/:format`, `${VERSION}/metadata/:format`],
  expected: atAddress,
  versions: true,
  look: async ({ get }) => {
    return async (item, version) => {
      const { status, text } = await get(`${addressOf(item, version)}/metadata/${id}`)
      if (status === 404) return { shows: 'nothing' }
      return status === 410 ? { shows: 'tombstone' } : sight(text, item)
    }
  },
})

const api: Door = {
  name: 'the API',
  routes: ['GET /api/v1/items/:number'],
  expected: atAddress,
  look: async ({ get }) => {
    return async (item) => {
      const { status, text } = await get(`/api/v1/items/${item.number}`)
      if (status === 404) return { shows: 'nothing' }
      if (status === 410) return { shows: 'tombstone' }
      return sightOfItem(JSON.parse(text) as ApiItem)
    }
  },
}

/** What the API says of an item: alone, or in a list. */
const sightOfItem = ({ record, access, files }: ApiItem): Sight => ({
  shows: 'item',
  title: record.titles[0]?.value ?? '',
  access: access.right,
  until: access.until ?? null,
  ...sightOfFiles(files),
})

const sightOfFiles = (files: ApiItem['files']): Sight => ({
  files: files.map(({ name }) => name).sort(),
  fileAccess: files.map(({ name, access }) => `${name} ${access}`).sort(),
  readable: files.flatMap(({ name, readable }) => (readable ? name : [])).sort(),
})

const apiFiles: Door = {
  name: 'files in the API',
  routes: [
    'GET /api/v1/items/:number{[1-9][0-9]{0,8}}/files',
    'GET /api/v1/items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}',
  ],
  expected: atAddress,
  look: async ({ get }) => {
    return async (item) => {
      const { status, text } = await get(`/api/v1/items/${item.number}/files`)
      const names = [...new Set(item.everHeld.filter(isStored).map(({ name }) => name))]
      const alone = await Promise.all(names.map((name) => get(`/api/v1/items/${item.number}/files/${name}`)))
      if (status === 404 || status === 410) {
        const others = alone.filter((answer) => answer.status !== status)
        if (others.length > 0) return { shows: 'item', title: 'a file answers otherwise than its item' }
        return { shows: status === 404 ? 'nothing' : 'tombstone' }
      }
      const { files } = JSON.parse(text) as ApiItem
      const each = alone.flatMap((answer) => (answer.status === 200 ? [JSON.parse(answer.text)] : []))
      const links = files.filter(({ access }) => access === 'link')
      const same = sightOfFiles([...each, ...links])
      if (JSON.stringify(same) !== JSON.stringify(sightOfFiles(files))) return same
      return { shows: 'item', ...same }
    }
  },
}

const apiList: Door = {
  name: 'the list of items in the API',
  routes: ['GET /api/v1/items'],
  expected: inLists,
  look: async ({ get }) => {
    const found = new Map<number, Sight>()
    for (let next: string | undefined = '/api/v1/items?size=7'; next !== undefined; ) {
      const page = JSON.parse((await get(next)).text) as { items: (ApiItem & { number: number })[]; next?: string }
      for (const item of page.items) found.set(item.number, sightOfItem(item))
      next = page.next?.replace(/^https:\/\/[^/]*/, '')
    }
    return ({ number }) => found.get(number) ?? { shows: 'nothing' }
  },
}

const exportDoor = (format: string, read: (text: string, item: Item, actor: Actor) => Sight | undefined): Door => ({
  name: `the export of found items as ${format}`,
  routes: ['GET /api/v1/search/export'],
  expected: inLists,
  look: async ({ get, word, actor }) => {
    const { text } = await get(`/api/v1/search/export?format=${format}&q=${word}`)
    return (item) => read(text, item, actor) ?? { shows: 'nothing' }
  },
})

const ndjsonExport = exportDoor('ndjson', (text, item, actor) => {
  for (const line of text.split('\n').filter(Boolean)) {
    const { record } = JSON.parse(line) as ApiItem & { record: { files?: { uri?: string }[] } }
    // No two items have the same title in a history.
    if (record.titles[0]?.value !== item.title) continue
    const uris = (record.files ?? []).flatMap(({ uri }) => uri ?? [])
    const names = uris.map((uri) => nameOfUri(uri, item)).sort()
    // Staff may import it again, and must not lose by that what is held.
    return { shows: 'item', title: item.title, [actor.staff ? 'files' : 'addresses']: names }
  }
  return undefined
})

const jpcoarExport = exportDoor('jpcoar_2.1', (text, item) => {
  const records = text.match(/<jpcoar:jpcoar[\s\S]*?<\/jpcoar:jpcoar>/g) ?? []
  const own = records.find((record) => record.includes(`/items/${item.number}</jpcoar:identifier>`))
  return own === undefined ? undefined : sightOfXml(own, item)
})

interface ApiItem {
  record: { titles: { value: string }[] }
  access: { right: AccessRight; until?: string }
  files: { name: string; access: string; readable: boolean }[]
}

/** A door that hands out what is in files, to those who may have it: below which part of an item's address, and how. */
const ofFiles = (name: string, part: 'files' | 'preview', contentIn: (text: string) => string | undefined): Door => ({
  name,
  routes: [`GET /items/:number{[1-9][0-9]{0,8}}/${part}/:name{[^]+}`],
  expected: atAddress,
  versions: true,
  files: true,
  look: async ({ get }) => {
    return async (item, version) => {
      const names = [...new Set(item.everHeld.filter(isStored).map(({ name }) => name))].sort()
      const held = version === undefined ? item.files : (item.versions[version - 1]?.files ?? [])
      const query = version === undefined ? '' : `?version=${version}`
      const bytes: string[] = []
      const refused: string[] = []
      const waiting: string[] = []
      let gone = false
      for (const name of names) {
        const { status, text } = await get(`/items/${item.number}/${part}/${name}${query}`)
        const file = held.find((each) => each.name === name)
        if (status === 200) bytes.push(file && contentIn(text) === contentOf(file) ? name : `wrong ${name}`)
        else if (status === 403) refused.push(name)
        else if (status === 409) waiting.push(name)
        else if (status === 410) gone = true
      }
      if (gone) return { shows: 'tombstone' }
      // Where there is no file to ask for, nothing is shown, and no more is said by that.
      return bytes.length + refused.length + waiting.length > 0 ? { shows: 'item', bytes, refused, held: waiting } : {}
    }
  },
})

const downloads = ofFiles('downloads', 'files', (text) => text)
const previews = ofFiles('previews', 'preview', (html) => parseHtml(html).find(({ name }) => name === 'pre')?.text)

/** The items of a list, by number. */
function summaries(html: string): Map<number, Sight> {
  const list = parseHtml(html).filter(({ name, classes }) => name === 'ol' && classes.includes('summaries'))
  const entries = list.flatMap(({ elements }) => elements.filter(({ name }) => name === 'article'))
  return new Map(
    entries.map(({ elements }) => {
      const link = elements.find(({ name }) => name === 'a')
      const access = inWords(ofClass(elements, 'access')?.text)
      const sight: Sight = { shows: 'item', title: link?.text ?? '', ...(access && { access }) }
      return [Number(link?.attributes.get('href')?.replace(/^.*\/items\//, '')), sight]
    }),
  )
}

/** Where the next page of a list is. */
const nextIn = (html: string) =>
  parseHtml(html)
    .find(({ name, attributes }) => name === 'a' && attributes.get('rel') === 'next')
    ?.attributes.get('href')

/** What a search by words finds: all of its pages. */
export async function searchPages({ get }: Pick<Visit, 'get'>, words: string): Promise<Map<number, Sight>> {
  const found = new Map<number, Sight>()
  for (let next: string | undefined = `/search?q=${encodeURIComponent(words)}`; next !== undefined; ) {
    const { text } = await get(next)
    for (const [number, sight] of summaries(text)) found.set(number, sight)
    next = parseHtml(text)
      .find(({ name, attributes }) => name === 'a' && attributes.get('rel') === 'next')
      ?.attributes.get('href')
  }
  return found
}

const searchPage: Door = {
  name: 'the search page',
  routes: ['GET /search'],
  expected: inLists,
  look: async (visit) => {
    const found = await searchPages(visit, visit.word)
    return ({ number }) => found.get(number) ?? { shows: 'nothing' }
  },
}

const searchApi: Door = {
  name: 'search in the API',
  routes: ['GET /api/v1/search'],
  expected: inLists,
  look: async ({ get, word }) => {
    const found = new Map<number, Sight>()
    for (let next: string | undefined = `/api/v1/search?size=5&q=${word}`; next !== undefined; ) {
      const { text } = await get(next)
      const answer = JSON.parse(text) as { results: Found[]; next?: string }
      for (const { number, titles, access, until } of answer.results)
        found.set(number, { shows: 'item', title: titles[0]?.value ?? '', access, until: until ?? null })
      next = answer.next?.replace(/^https:\/\/[^/]*/, '')
    }
    return ({ number }) => found.get(number) ?? { shows: 'nothing' }
  },
}

interface Found {
  number: number
  titles: { value: string }[]
  access: AccessRight
  until?: string
}

/** People, or subjects: those of an item are called as it is. */
const names = (path: string): Door => ({
  name: `the list at ${path}`,
  routes: [`GET ${path}`],
  expected: inLists,
  look: async ({ get, word }) => {
    const listed = new Set<string>()
    for (let next: string | undefined = `${path}?prefix=${word}`; next !== undefined; ) {
      const { text } = await get(next)
      const lists = parseHtml(text).filter(({ classes }) => classes.includes('listed-names'))
      for (const { name, text } of lists.flatMap(({ elements }) => elements)) if (name === 'a') listed.add(text)
      next = nextIn(text)
    }
    return ({ title }) => (listed.has(title) ? { shows: 'item', title } : { shows: 'nothing' })
  },
})

/** Most items that the front page shows. */
const NEWEST = 10

const home: Door = {
  name: 'the front page',
  routes: ['GET /'],
  expected: inLists,
  look: async ({ get }) => {
    const found = summaries((await get('/')).text)
    // Of what is older than ten others it says nothing.
    return ({ number }) => found.get(number) ?? (found.size < NEWEST ? { shows: 'nothing' } : {})
  },
}

const oaiIdentifier = (id: string, { number }: Item) => `oai:${id}.example:${String(number).padStart(8, '0')}`

/** What an answer of OAI-PMH says of items, by identifier. */
function heardIn(xml: string, item: (identifier: string) => Item | undefined): Map<string, Sight> {
  const records = xml.match(/<record>[\s\S]*?<\/record>|<header[\s\S]*?<\/header>/g) ?? []
  const { heard } = readOai(xml)
  return new Map(
    heard.map(({ identifier, deleted, sets }, index): [string, Sight] => {
      if (deleted) return [identifier, { shows: 'tombstone' }]
      const record = records[index] as string
      const known = item(identifier)
      const said: Sight = record.startsWith('<record>') && known ? sightOfXml(record, known) : { shows: 'item' }
      return [identifier, { ...said, sets: sets.toSorted() }]
    }),
  )
}

const oaiRecord = (metadataPrefix: string): Door => ({
  name: `GetRecord of ${metadataPrefix}`,
  routes: ['GET /oai'],
  expected: inHarvest,
  look: async ({ id, get }) => {
    return async (item) => {
      const identifier = oaiIdentifier(id, item)
      const { text } = await get(`/oai?verb=GetRecord&metadataPrefix=${metadataPrefix}&identifier=${identifier}`)
      return heardIn(text, () => item).get(identifier) ?? { shows: 'nothing' }
    }
  },
})

const oaiList = (verb: string, metadataPrefix: string): Door => ({
  name: `${verb} of ${metadataPrefix}`,
  routes: ['GET /oai'],
  expected: inHarvest,
  look: async ({ id, get, since }) => {
    const pages: string[] = []
    for (let asked = `metadataPrefix=${metadataPrefix}&from=${since}`; asked !== ''; ) {
      const { text } = await get(`/oai?verb=${verb}&${asked}`)
      pages.push(text)
      const { token } = readOai(text)
      asked = token ? `resumptionToken=${encodeURIComponent(token)}` : ''
    }
    return (item) => {
      const identifier = oaiIdentifier(id, item)
      const said = pages.flatMap(
        (xml) => heardIn(xml, (other) => (other === identifier ? item : undefined)).get(identifier) ?? [],
      )
      // What changes while it is read comes twice, and the last time counts.
      return said.at(-1) ?? { shows: 'nothing' }
    }
  },
})

const sitemaps: Door = {
  name: 'the sitemaps',
  routes: ['GET /sitemap.xml', 'GET /:sitemap{sitemap-items-[0-9]{1,6}\\.xml}'],
  expected: inPublicLists,
  look: async ({ get }) => {
    const addresses = (xml: string) =>
      [...xml.matchAll(/<loc>https:\/\/[^/]+([^<]+)/g)].map(([, path]) => path as string)
    const parts = addresses((await get('/sitemap.xml')).text).filter((path) => path.startsWith('/sitemap-items-'))
    const named = new Set<string>()
    for (const part of parts) for (const path of addresses((await get(part)).text)) named.add(path)
    return (item) => ({ shows: named.has(addressOf(item)) ? 'item' : 'nothing' })
  },
}

/** The titles of a feed's items, by number, on all of its pages. */
async function feedTitles({ get }: Visit, path: string, format: string): Promise<Map<number, string>> {
  const titles = new Map<number, string>()
  for (let next: string | undefined = path; next !== undefined; ) {
    const { text } = await get(next)
    const { entries, next: address } = format === 'atom' ? readAtom(text) : readRss(text)
    for (const { url, title } of entries) titles.set(Number(/\/items\/(\d+)$/.exec(url)?.[1]), title)
    next = address?.replace(/^https:\/\/[^/]*/, '')
  }
  return titles
}

const readAtom = (xml: string) => {
  const { entries = [], links = [] } = parseAtomFeed(xml)
  return {
    entries: entries.map((entry) => ({ url: entry.links?.[0]?.href ?? '', title: entry.title?.value ?? '' })),
    next: links.find(({ rel }) => rel === 'next')?.href,
  }
}

const readRss = (xml: string) => ({
  entries: (parseRssFeed(xml).items ?? []).map(({ link = '', title = '' }) => ({ url: link, title })),
  next: undefined,
})

const feed = (format: 'atom' | 'rss'): Door => ({
  name: `the ${format} feed of a search`,
  routes: [`GET /feed.${format}`],
  expected: inPublicLists,
  look: async (visit) => {
    const titles = await feedTitles(visit, `/feed.${format}?q=${visit.word}`, format)
    return ({ number }) => {
      const title = titles.get(number)
      return title === undefined ? { shows: 'nothing' } : { shows: 'item', title }
    }
  },
})

const collectionFeeds = (format: 'atom' | 'rss'): Door => ({
  name: `the ${format} feeds of collections`,
  routes: [`GET /collections/:collection{[1-9][0-9]{0,8}}/feed.${format}`],
  expected: inPublicCollections,
  look: async (visit) => {
    const found = new Map<number, Map<number, string>>()
    for (const id of visit.collections) {
      const path = `/collections/${id}/feed.${format}`
      const { status } = await visit.get(path)
      found.set(id, status === 200 ? await feedTitles(visit, path, format) : new Map())
    }
    return gathered(found)
  },
})

const linkset: Door = {
  name: 'the linkset of an item or a version',
  routes: [ITEM, VERSION].flatMap((route) => [`${route}/linkset`, `${route}/linkset.json`]),
  expected: atAddress,
  versions: true,
  look: async ({ get }) => {
    return async (item, version) => {
      await get(`${addressOf(item, version)}/linkset`)
      const { status, text } = await get(`${addressOf(item, version)}/linkset.json`)
      if (status === 404) return { shows: 'nothing' }
      if (status === 410) return { shows: 'tombstone' }
      const [{ item: files = [] }] = (JSON.parse(text) as { linkset: [{ item?: { href: string }[] }] }).linkset
      const own = `/items/${item.number}/files/`
      const names = files.map(({ href }) =>
        href.includes(own) ? href.replace(/^.*\/files\//, '').replace(/\?.*/, '') : href,
      )
      return { shows: 'item', readable: names.sort() }
    }
  },
}

/** What is found of an item in collections, once all of them have been looked through. */
const gathered =
  (collections: Map<number, Map<number, string>>) =>
  (item: Item): Sight => {
    const found = [...collections].filter(([, titles]) => titles.has(item.number))
    const title = found[0]?.[1].get(item.number)
    return { ...(title !== undefined && { title }), collections: found.map(([id]) => id).sort((a, b) => a - b) }
  }

const collectionPages: Door = {
  name: 'the pages of collections',
  routes: ['GET /collections', 'GET /collections/:collection{[1-9][0-9]{0,8}}'],
  expected: inCollections,
  look: async ({ get, collections }) => {
    await get('/collections')
    const found = new Map<number, Map<number, string>>()
    for (const id of collections) {
      const titles = new Map<number, string>()
      for (let next: string | undefined = `/collections/${id}`; next !== undefined; ) {
        const { text } = await get(next)
        for (const [number, { title }] of summaries(text)) titles.set(number, title ?? '')
        next = nextIn(text)
      }
      found.set(id, titles)
    }
    return gathered(found)
  },
}

const collectionApi: Door = {
  name: 'collections in the API',
  routes: [
    'GET /api/v1/collections',
    'GET /api/v1/collections/:collection',
    'GET /api/v1/collections/:collection/items',
  ],
  expected: inCollections,
  look: async ({ get, collections }) => {
    await get('/api/v1/collections')
    const found = new Map<number, Map<number, string>>()
    for (const id of collections) {
      await get(`/api/v1/collections/${id}`)
      const titles = new Map<number, string>()
      for (let page: string | undefined = `/api/v1/collections/${id}/items`; page !== undefined; ) {
        const { text } = await get(page)
        const { items = [], next } = JSON.parse(text) as {
          items?: { number: number; titles: { value: string }[] }[]
          next?: string
        }
        for (const { number, titles: said } of items) titles.set(number, said[0]?.value ?? '')
        page = next?.replace(/^https:\/\/[^/]*/, '')
      }
      found.set(id, titles)
    }
    return gathered(found)
  },
}

export const doors: readonly Door[] = [
  page,
  jpcoarAtAddress,
  ...Object.entries(formats).map(inFormat),
  api,
  apiFiles,
  apiList,
  ndjsonExport,
  jpcoarExport,
  downloads,
  previews,
  collectionPages,
  collectionApi,
  searchPage,
  searchApi,
  names('/people'),
  names('/subjects'),
  home,
  oaiRecord('oai_dc'),
  oaiRecord('jpcoar_2.1'),
  oaiList('ListRecords', 'jpcoar'),
  oaiList('ListRecords', 'oai_dc'),
  oaiList('ListIdentifiers', 'oai_dc'),
  sitemaps,
  feed('atom'),
  feed('rss'),
  collectionFeeds('atom'),
  collectionFeeds('rss'),
  linkset,
]

/** Routes that are read by and are no doors, and why. */
export const noDoors: { readonly [route: string]: string } = {
  'GET /assets/:name{[a-z0-9-]+\\.[0-9a-f]+\\.css}': 'style sheets, made from a colour',
  'GET /api/v1/settings': 'settings are everybody’s, and say nothing of items',
  'GET /:logo{logo\\.[0-9a-f]{16}\\.(?:png|jpg|webp|svg)}': 'the institution’s logo',
  'GET /favicon.svg': 'its initial on its colour',
  'GET /favicon.ico': 'the same',
  'GET /about': 'the institution’s own words',
  'GET /policies': 'the same',
  'GET /accessibility': 'the same',
  'GET /assets/:script{[a-z]+\\.[0-9A-Z]+\\.js}': 'scripts, the same everywhere',
  'GET /assets/:library{pdfjs-[0-9.]+}/:file{[\\w/.-]+}': 'files of pdf.js',
  'GET /records/:number{[0-9]{1,9}}': 'leads on by the number alone, whether there is an item or not',
  'GET /sitemap-pages.xml': 'the front page and the like',
  'GET /:sitemap{sitemap-collections-[0-9]{1,6}\\.xml}': 'ids of collections; what they are of is tested beside it',
  'GET /robots.txt': 'rules for crawlers',
  'GET /opensearch.xml': 'how the institution is searched',
  'GET /search/suggest': 'only where Elasticsearch is: held there against what the public may see',
  'GET /.well-known/api-catalog': 'interfaces for programs',
  'GET /.well-known/security.txt': 'whom to write to',
  'GET /.well-known/*': 'nothing',
  'GET /api/v1/harvests': 'for import alone: what is brought in from elsewhere',
  'GET /api/v1/harvests/:harvest': 'the same of one',
  'GET /api/v1/items/:number{[1-9][0-9]{0,8}}/uploads/:id': 'for items:write alone: how far a file has come',
  'GET /api/v1/quality': 'for items:write alone: counts, and numbers of public items',
  'GET /api/v1/imports/template.csv': 'names of columns',
  'GET /api/v1/items/:number/collections': 'for items:write alone: where an item lies',
  'GET /api/v1': 'the name of the institution, and where to go from here',
  'GET /api/v1/openapi.json': 'what the API is, whatever it holds',
  'GET /api': 'the same to read',
  'GET /api/:part{[a-z]+}': 'a part of it',
  'GET /api/v1/export':
    'for transfer alone: everything; what it shows as public is held against the model beside the doors',
}

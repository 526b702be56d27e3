import { describe, expect, test } from 'vitest'
import { bilingual, emptyRecord, files, fullRecord, item, japaneseOnly, pageIn } from '../../test/pages/examples.ts'
import { parseHtml } from '../../test/support/html.ts'
import { faultsOfHtml } from '../../test/support/valid-html.ts'
import type { Collection, CollectionInDetail, Member } from '../collections/index.ts'
import type { Tombstone } from '../items/dissemination.ts'
import { summarize } from '../items/summary.ts'
import { citationStyles } from '../records/formats/outputs.ts'
import { Record } from '../records/model.ts'
import { type Found, facets, type NameAlike, type Search, type Wider } from '../search/index.ts'
import { Settings } from '../tenancy/schema.ts'
import { renderNames } from './browse/names.tsx'
import { renderCollection } from './collections/collection.tsx'
import { renderTop } from './collections/top.tsx'
import { type ErrorReason, renderError } from './error.tsx'
import { renderHome } from './home.tsx'
import { renderItem } from './item/index.tsx'
import { messages } from './languages/index.ts'
import { renderOwnPage } from './own-pages.tsx'
import { ownTexts } from './own-texts.ts'
import type { PageContext } from './page.ts'
import { renderSearch } from './search/index.tsx'
import { renderTombstone } from './tombstone.tsx'

const versions = [2, 1].map((version) => ({
  version,
  madeAt: new Date(`2026-05-0${version}T00:00:00Z`),
  url: `https://repository.minato.example/items/1/versions/${version}`,
}))
const emptyItem = item({ number: 2, record: emptyRecord, files: [], access: { right: 'metadata only access' } })
const embargoed = item({ number: 3, access: { right: 'embargoed access', until: '2027-04-01' } })
const thousand = item({
  record: Record.parse({
    titles: [{ value: '題'.repeat(3_000), lang: 'ja' }],
    type: { term: 'journal article' },
    creators: Array.from({ length: 1_000 }, (_, index) => ({ names: [{ value: `Author ${index}`, lang: 'en' }] })),
  }),
  files: Array.from({ length: 1_000 }, (_, index) => ({ ...(files[index % files.length] as (typeof files)[0]) })),
})
const newest = [item(), emptyItem, embargoed, thousand].map(summarize)
const tombstone: Tombstone = {
  number: 1,
  url: 'https://repository.minato.example/items/1',
  titles: fullRecord.titles,
  status: 'withdrawn',
  at: new Date('2026-06-01T16:00:00Z'),
  reason: '著者の申し出による',
}
const collection = (id: number, ja: string, en?: string): Collection => ({
  id,
  parent: null,
  position: id,
  name: { ja, ...(en !== undefined && { en }) },
  kind: 'list',
  public: true,
  harvested: true,
  items: id * 1_000,
  collections: id - 1,
})
const faculty = collection(1, '海洋学部', 'School of Marine Science')
const bulletin: CollectionInDetail = {
  ...collection(2, 'みなと大学海洋学部紀要', 'Bulletin of Marine Science'),
  kind: 'contents',
  above: [faculty, collection(3, '紀要（日本語のみ）')],
  headings: [],
}
const articles = { id: 1, name: { ja: '論文', en: 'Articles' } }
const members: Member[] = newest.map((summary, index) => ({
  summary,
  ...(index < 3 && { volume: '12', issue: String(3 - (index >> 1)), pageStart: 'iv', pageEnd: '12' }),
  ...(index === 1 && { heading: articles }),
  issueKey: `k${index >> 1}`,
}))
const reasons = Object.keys(messages.ja.errors) as ErrorReason[]

const counted = (...values: string[]) => ({
  values: values.map((value, i) => ({ value, count: 12_345 - i })),
  atLeast: true,
})
const found: Found = {
  results: newest.map((summary, i) =>
    i === 0
      ? {
          ...summary,
          snippet: [
            { text: '…港湾の', hit: false },
            { text: '潮位', hit: true },
          ],
        }
      : summary,
  ),
  total: { value: 10_000, atLeast: true },
  sort: 'relevance',
  counts: {
    type: counted('journal article', 'thesis'),
    year: counted(...Array.from({ length: 60 }, (_, i) => `${2026 - i}`)),
    language: counted('jpn', 'eng', 'zzz'),
    access: counted('open access'),
    collection: counted('1', '2'),
    subject: counted(...Array.from({ length: 20 }, (_, i) => `主題 <${i}>`)),
    creator: counted('湊, 渚'),
  },
  collections: new Map([[1, { ja: '紀要', en: 'Bulletin' }]]),
}
const narrowed: Search = {
  words: '潮位',
  chosen: { type: ['thesis', 'no such'], collection: ['1', '99'], subject: ['主題 <19>'] },
  from: '2000',
  to: '2026-03',
  sort: 'title',
}
const foundNothing: Found = {
  results: [],
  total: { value: 0, atLeast: false },
  sort: 'relevance',
  collections: new Map(),
}

const others: Wider[] = [
  {
    search: { ...narrowed, words: '潮' },
    total: { value: 3, atLeast: false },
    changes: [{ kind: 'word', word: '位' }],
  },
  { search: { words: '潮 位', chosen: {} }, total: { value: 10_000, atLeast: true }, changes: [{ kind: 'apart' }] },
  {
    search: { words: '潮位', chosen: {} },
    total: { value: 1, atLeast: false },
    changes: [{ kind: 'limits' }, { kind: 'dates' }],
  },
  { search: { words: '潮 OR 位', chosen: {} }, total: { value: 1, atLeast: false }, changes: [{ kind: 'any' }] },
  { search: narrowed, total: { value: 2, atLeast: false }, changes: [{ kind: 'facet', facet: 'type' }] },
]
const namesakes: NameAlike[] = [{ facet: 'creator', value: '潮, 位', items: 2 }]
const names = {
  names: [
    { value: '青木, 海', initial: 'あ', items: 12_345, orcids: ['0000-0001-2345-6789', '0000-0002-1825-0097'] },
    { value: 'Åkerblom, "Ida"', initial: 'A', items: 1, orcids: [] },
    { value: '<3D>', initial: '#', items: 1, orcids: [] },
  ],
  initials: ['あ', 'か', 'A', '#'],
  next: { key: '2x', value: '<3D>' },
}
const logo = { type: 'image/png' as const, width: 300, height: 100, sha256: 'ab'.repeat(32) }

const pages: { [name: string]: (page: PageContext) => string } = {
  home: (page) =>
    renderHome(page, {
      items: 12_345,
      newest,
      collections: [faculty, bulletin],
      mostRead: newest,
      outline: { types: ['journal article', 'thesis'], years: ['2026', '2025'] },
    }),
  'home without items': (page) => renderHome(page, { items: 0, newest: [] }),
  item: (page) => renderItem(page, item({ versions })),
  'item in collections': (page) => renderItem(page, item(), { paths: [[faculty], [faculty, bulletin]] }),
  collections: (page) =>
    renderTop(page, {
      collections: [faculty, bulletin],
      below: new Map([[2, [faculty]]]),
      first: '/collections',
      next: '/collections?after=1.1',
    }),
  'no collections': (page) => renderTop(page, { collections: [], below: new Map() }),
  collection: (page) =>
    renderCollection(page, {
      collection: { ...bulletin, kind: 'list' },
      collections: { entries: [faculty], next: '/collections/2?below=1.1' },
      members: { entries: members, first: '/collections/2', next: '/collections/2?after=2026-01-01.1' },
    }),
  'collection of nothing': (page) =>
    renderCollection(page, {
      collection: { ...bulletin, items: 0, collections: 0, above: [] },
      members: { entries: [] },
    }),
  contents: (page) =>
    renderCollection(page, {
      collection: bulletin,
      members: {
        entries: members,
        issueBefore: 'k0',
        issues: [{ volume: '12', issue: '3', issueKey: 'k0' }, { issueKey: 'k1' }],
        next: '/collections/2?after=x',
      },
    }),
  'item of the least record': (page) => renderItem(page, emptyItem),
  'item with a thousand authors and files': (page) => renderItem(page, thousand),
  version: (page) => renderItem(page, item({ versions, version: versions[1] as (typeof versions)[0] })),
  search: (page) =>
    renderSearch(page, {
      asked: { words: '潮位 "tides"', chosen: {} },
      found,
      next: '/search?q=a&after=x',
      later: false,
    }),
  'search narrowed to what there is': (page) => renderSearch(page, { asked: narrowed, found, later: true }),
  'search without results': (page) =>
    renderSearch(page, { asked: { words: '海', chosen: {} }, found: foundNothing, later: false }),
  'search without results, with others that have some': (page) =>
    renderSearch(page, { asked: narrowed, found: foundNothing, later: false, wider: others, names: namesakes }),
  people: (page) => renderNames(page, { asked: { facet: 'creator', prefix: '' }, found: names }),
  'people from an initial on': (page) =>
    renderNames(page, { asked: { facet: 'creator', prefix: '', from: 'か' }, found: names }),
  'subjects that begin with something': (page) =>
    renderNames(page, { asked: { facet: 'subject', prefix: '<海>' }, found: { ...names, next: undefined } }),
  'no subjects': (page) =>
    renderNames(page, { asked: { facet: 'subject', prefix: '' }, found: { names: [], initials: [] } }),
  'no people that begin with something': (page) =>
    renderNames(page, { asked: { facet: 'creator', prefix: '海' }, found: { names: [], initials: ['あ'] } }),
  'search without results, narrowed': (page) =>
    renderSearch(page, { asked: { ...narrowed, words: '' }, found: foundNothing, later: false }),
  tombstone: (page) => renderTombstone(page, tombstone),
  ...Object.fromEntries(
    reasons.map((reason) => [
      `error ${reason}`,
      (page: PageContext) => renderError(page, { reason, reference: '7f3a', until: '2027-04-01', retryAfter: 30 }),
    ]),
  ),
  ...Object.fromEntries(
    ownTexts.map((name) => [`own words: ${name}`, (page: PageContext) => renderOwnPage(page, name) ?? '']),
  ),
  'page of an institution with a logo': (page) =>
    renderHome({ ...page, institution: { ...page.institution, logo } }, { items: 0, newest: [] }),
  'error without an institution': () => renderError(undefined, { reason: 'not-found' }),
}
const languages = ['ja', 'en'] as const
const every = Object.entries(pages).flatMap(([name, render]) =>
  languages.map((language) => ({ name, language, html: render(pageIn(language)) })),
)

describe.each(every)('$name in $language', ({ html }) => {
  test('is valid HTML', async () => {
    expect(await faultsOfHtml(html)).toEqual([])
  })

  test('leaves no value without words', () => {
    expect(html).not.toMatch(/undefined|\[object|NaN|=> /)
  })

  test('runs nothing and styles nothing that stands in it', () => {
    const scripts = html.match(/<script[^>]*>[^<]*/g) ?? []
    for (const script of scripts)
      expect(script).toMatch(/^<script (type="module" src="\/assets\/[a-z]+\.\w+\.js">$|type="application\/ld\+json">)/)
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/)
  })
})

const hrefsOf = (html: string) => [...html.matchAll(/\s(?:href|action|src)="([^"]*)"/g)].map(([, href = '']) => href)
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** Every string of a value with the path that leads to it. */
function strings(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}.${key}`))
}

/** A copy of a value in which every free text is another. */
function replaced(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return /^(type|scheme|term|agency|objectType|access|right)$/.test(key) ? value : text
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, text, key))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, text, key)]))
}

describe('the page of an item', () => {
  test('shows everything that the record holds', () => {
    expect(
      Object.keys(Record.shape).filter((key) => !strings(fullRecord, '').some(([path]) => path.startsWith(`.${key}`))),
    ).toEqual([
      // Said as yes or no.
      'datasetSeries',
    ])
    const terms = /\.(type|scheme|term|agency|objectType|lang)$/
    // Said in words of the page's language.
    const reworded = /^\.(apc|dates|dateGranted|languages|originalLanguages)/
    // Addresses that a link leads to, and names that stand in a name already; files are the item's, not the record's.
    const elsewhere = /(uri|typeUri)$|Names\.\d+\.value$|^\.files/
    const html = renderItem(pageIn('ja'), item())
    const missing = strings(fullRecord)
      .filter(([path]) => !terms.test(path) && !reworded.test(path))
      .filter(([path]) => !elsewhere.test(path) || /(alternative|funder|degree)Names/.test(path))
      .filter(([, value]) => !html.includes(escaped(value)))
    expect(missing).toEqual([])
    for (const words of [
      '2026年3月18日',
      '1921年 – 2020年',
      '日本語',
      'オランダ語',
      '2025年10月7日 – 2025年10月9日',
      '32.7448',
      '一部免除',
    ])
      expect(html).toContain(words)
  })

  test('shows metadata as text, whatever it says', () => {
    const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`
    const d = replaced(item({ versions }), attack) as ReturnType<typeof item>
    const chosen = Object.fromEntries(facets.map((facet) => [facet, [attack]]))
    const attacked = {
      asked: { words: attack, chosen, from: attack },
      found: {
        ...found,
        results: [{ ...summarize(d), snippet: [{ text: attack, hit: true }] }],
        counts: Object.fromEntries(facets.map((facet) => [facet, counted(attack)])) as Found['counts'],
        collections: new Map([[Number.NaN, { ja: attack, en: attack }]]),
      },
      later: true,
    }
    for (const html of [
      renderItem(pageIn('ja'), { ...d, versions, updatedAt: new Date() }),
      renderHome(pageIn('en'), { items: 1, newest: [summarize(d)] }),
      renderSearch(pageIn('en'), attacked),
      renderSearch(pageIn('ja'), { asked: attacked.asked, found: foundNothing, later: false }),
      renderNames(pageIn('ja'), {
        asked: { facet: 'creator', prefix: attack },
        found: { names: [{ value: attack, initial: 'あ', items: 1, orcids: [attack] }], initials: [] },
      }),
      renderTombstone(pageIn('ja'), { ...tombstone, titles: d.record.titles, reason: attack }),
      renderCollection(pageIn('ja'), {
        collection: replaced({ ...bulletin, kind: undefined }, attack) as CollectionInDetail,
        collections: { entries: [replaced(faculty, attack) as Collection] },
        members: { entries: replaced(members, attack) as Member[], issues: [{ volume: attack, issueKey: 'k' }] },
      }),
      renderCollection(pageIn('en'), {
        collection: bulletin,
        members: { entries: [{ ...(members[0] as Member), volume: attack, pageStart: attack }] },
      }),
    ]) {
      expect(html).not.toMatch(/<script>|<img/)
      expect(html).toContain(escaped(attack))
    }
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '//elsewhere.example', '" onclick="alert(1)'])(
    'links metadata to the web alone, not to %j',
    (address) => {
      const d = replaced(item(), address) as ReturnType<typeof item>
      // Its own address is not of its metadata.
      const html = renderItem(pageIn('ja'), { ...d, url: item().url, updatedAt: new Date() })
      for (const href of hrefsOf(html))
        expect(href).toMatch(/^(https?:\/\/(repository|www|library)\.minato\.example\/|\/(?!\/)|#|mailto:library)/)
      expect(html).not.toMatch(/\sonclick="/)
    },
  )

  test('marks every run that is not in the language of the page', () => {
    const html = renderItem(pageIn('en'), item())
    expect(html).toContain('<html lang="en">')
    expect(html).toMatch(/<h1[^>]*>Long-term changes/)
    expect(html).toMatch(/<p [^>]*lang="ja">港湾都市/)
    expect(html).toMatch(/<p [^>]*lang="ja-Kana">コウワン/)
    expect(html).toContain('<bdi lang="ja">潮位百年展</bdi>')
    expect(html).not.toContain('lang="en">Minato, Nagisa')
  })

  test('folds creators after twenty', () => {
    const html = renderItem(pageIn('en'), thousand)
    const [before, after] = html.split('<summary>Show 980 more</summary>') as [string, string]
    expect(before).toContain('Author 19<')
    expect(before).not.toContain('Author 20<')
    expect(after).toContain('Author 999<')
  })

  test('folds collections after five', () => {
    const paths = Array.from({ length: 200 }, (_, index) => [faculty, collection(index + 10, `第${index}`)])
    const html = renderItem(pageIn('en'), item(), { paths })
    const [before, after] = html.split('<summary>Show 195 more</summary>') as [string, string]
    expect(before).toContain('第4<')
    expect(before).not.toContain('第5<')
    expect(after).toContain('第199<')
  })

  test('lets no name and no title turn what stands beside it', () => {
    const hebrew = 'כהן, \u202eחיים'
    const record = Record.parse({
      titles: [{ value: `港 ${hebrew}`, lang: 'ja' }],
      creators: [{ names: [{ value: hebrew, lang: 'he' }] }, { names: [{ value: '湊, 渚' }] }],
      sourceTitles: [{ value: hebrew }],
      subjects: [{ value: hebrew, scheme: 'Other' }],
      type: { term: 'other' },
    })
    const elements = parseHtml(renderItem(pageIn('ja'), item({ record, files: [] })))
    const around = elements.filter(({ text, elements }) => text.includes(hebrew) && elements.length === 0)
    expect(around.map(({ name, attributes }) => [name, attributes.get('dir')])).toEqual([
      ['title', undefined],
      ['script', undefined],
      ['h1', 'auto'],
      ...['byline', 'imprint'].map(() => ['bdi', undefined]),
      ...citationStyles.map(() => ['p', 'auto']),
      ...['source', 'subject'].map(() => ['bdi', undefined]),
    ])
  })

  test('says how often it was used once it was, and what is like it where there is something', () => {
    const html = renderItem(pageIn('en'), item(), { uses: { views: 1_234, downloads: 1 }, related: newest.slice(0, 1) })
    expect(html).toMatch(/1,234 views.*1 download<.*Related items.*class="summaries"/s)
    const without = renderItem(pageIn('en'), item(), { uses: { views: 0, downloads: 0 } })
    expect(without).not.toMatch(/views|Related items/)
  })

  test('says of each file whether it can be read, and links only what can', () => {
    const html = renderItem(pageIn('en'), item())
    expect(html).toContain('<a href="https://repository.minato.example/items/1/files/tides.pdf">')
    expect(html).not.toMatch(/href="[^"]*(series\.csv|logs\.zip|letters\.pdf)"/)
    for (const words of [
      '2.3 MB',
      'Opens on 1 April 2027',
      'For registered users only',
      'Not open to readers',
      'On another site (maps.example)',
    ])
      expect(html).toContain(words)
  })

  test('says which version it is and leads to the item as it stands', () => {
    const html = pages.version?.(pageIn('en')) ?? ''
    expect(html).toContain('This is version 1, made on 1 May 2026.')
    expect(html).toContain('<a href="/items/1">See the item as it stands now</a>')
    expect(html).toContain('<a href="/items/1/versions/2">')
  })
})

describe('a bulletin’s contents', () => {
  const html = pages.contents?.(pageIn('en')) ?? ''

  test('stand under volume and issue, those that began before say so, and under headings', () => {
    expect(
      [...html.matchAll(/<h([1-4])[^>]*>(?:<bdi[^>]*>)?([^<]*)/g)].map(([, level, text]) => [level, text]),
    ).toEqual([
      ['1', 'Bulletin of Marine Science'],
      ['2', 'Contents'],
      ['3', 'vol. 12, no. 3 (continued)'],
      ['4', 'Articles'],
      ['3', 'vol. 12, no. 2'],
    ])
    expect(html).toContain('pp. iv–12')
  })

  test('lead to any volume and issue, and up to all collections that they lie in', () => {
    expect(html).toContain('<a href="/collections/2?after=k1.0.AA.0">Without volume or issue</a>')
    expect(html).toMatch(/href="\/collections">.*href="\/collections\/1">.*href="\/collections\/3"><bdi lang="ja">/s)
  })
})

describe('the head of a page', () => {
  test('names its address without a language, and itself in each language', () => {
    const html = renderHome(pageIn('en', '/?x=1'), { items: 0, newest: [] })
    expect(html).toContain('<link rel="canonical" href="https://repository.minato.example/?x=1"/>')
    expect(html).toContain(
      '<link rel="alternate" hreflang="ja" href="https://repository.minato.example/?x=1&amp;lang=ja"/>',
    )
    expect(html).toContain('<link rel="alternate" hreflang="x-default" href="https://repository.minato.example/?x=1"/>')
  })

  test('of an institution with one language names no other, and its page has no switch', () => {
    const html = renderItem(pageIn('ja', '/items/1', japaneseOnly), item())
    expect(html).not.toMatch(/hreflang/)
    expect(html).not.toContain('表示言語')
  })

  test('of what is not there asks not to be kept', () => {
    const html = renderError(pageIn('ja', '//elsewhere.example/'), { reason: 'not-found' })
    expect(html).toContain('<meta name="robots" content="noindex"/>')
    expect(html).not.toContain('canonical')
    expect(hrefsOf(html).filter((href) => href.startsWith('//'))).toEqual([])
  })
})

test('an institution’s words in Japanese alone are marked on an English page', () => {
  const institution = Settings.parse({ ...bilingual, name: { ja: 'みなと' }, welcome: { ja: 'ようこそ' } })
  const html = renderHome(pageIn('en', '/', institution), { items: 0, newest: [] })
  expect(html).toContain('<bdi lang="ja">みなと</bdi>')
  expect(html).toContain('<div class="prose" lang="ja"><p>ようこそ</p>')
})

test('a tombstone shows title, day in the institution’s time zone, and reason', () => {
  const html = renderTombstone(pageIn('ja'), tombstone)
  for (const words of ['港湾都市', '2026年6月2日', '著者の申し出による', '取り下げられました'])
    expect(html).toContain(words)
})

test('the longest ordinary page stays small', () => {
  expect(Buffer.byteLength(renderItem(pageIn('ja'), item({ versions })))).toBeLessThan(40_000)
})

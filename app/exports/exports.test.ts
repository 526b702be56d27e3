import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { parseXml } from '../records/formats/xml.ts'
import { exportFormatsOf } from './formats.ts'

let kura: Institutions
let id: string
let elsewhere: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['exports', 'elsewhere'])
  ;[id, elsewhere] = kura.ids as [string, string]
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  await staff.zip({
    'deep/thesis.xml': minimalXml('Curlew of the estuary', {
      files:
        '<jpcoar:file><jpcoar:URI label="本文" objectType="fulltext">thesis/a/thesis.pdf</jpcoar:URI></jpcoar:file>',
    }),
    'deep/thesis/a/thesis.pdf': '%PDF-1.4',
    'deep/thesis/note.txt': 'no entry',
  })
  const creators = [
    { names: [{ value: '=HYPERLINK("https://evil.example")', lang: 'en' }] },
    {
      names: [
        { value: '蔵野, 文', lang: 'ja' },
        { value: 'Kurano, Fumi', lang: 'en' },
      ],
    },
  ]
  await staff.lines(
    {
      source: 'linked',
      record: minimal('Curlew, "linked"', { files: [{ uri: 'https://other.example/x.pdf' }], creators }),
    },
    { source: 'ahead', record: minimal('Curlew to come'), publicationDate: '2090-01-01' },
    { source: 'other', record: minimal('Heron') },
  )
  await staff.api('/items', 'POST', { record: minimal('Curlew made by hand', { volume: '-1', pageStart: '+3' }) })
  await kura.settle()
})
afterAll(() => kura.close())

const take = (query: string, as?: Depositor) =>
  as ? as.api(`/search/export?${query}`) : kura.request(id, `/api/v1/search/export?${query}`)
interface Line {
  source: string
  record: { titles: { value: string }[] }
}
const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
/** Imports what was taken along. */
const bringIn = async (to: string, type: string, body: string) => {
  const response = await kura.request(to, '/api/v1/imports', {
    method: 'POST',
    headers: { authorization: `Bearer ${await kura.token(to, 'import')}`, 'content-type': type },
    body,
  })
  return (await response.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { source: string; status: string; errors: object[] })
}
const everything = async () => {
  const { items } = await jsonOf<{
    items: { number: number; record: object; files: { name: string; label: string }[] }[]
  }>(staff.api('/items?size=100'))
  return items.map(({ number, record, files }) => ({
    number,
    record: { ...record, files: [] },
    files: files.map(({ name, label }) => [name, label]),
  }))
}

describe('what a search finds', () => {
  it('is taken along as the asker may see it, in the order of the search', async () => {
    const response = await take('format=ndjson&q=curlew&sort=title')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="search.ndjson"',
    })
    expect(response.headers.get('x-cut-at')).toBeNull()
    const lines = linesOf(await response.text())
    expect(lines.map(({ record }) => record.titles[0]?.value)).toEqual([
      'Curlew made by hand',
      'Curlew of the estuary',
      'Curlew, "linked"',
    ])
    // Under what name it came is the staff's business.
    expect(lines.every(({ source }) => source.startsWith(`https://${id}.example/items/`))).toBe(true)
    const all = linesOf(await (await take('format=ndjson&q=curlew', staff)).text())
    expect(all.map(({ source }) => source).sort()).toEqual([
      'ahead',
      'deep/thesis.xml',
      expect.stringMatching(/^https:/),
      'linked',
    ])
  })

  it('is a document of JPCOAR, each record as at its address', async () => {
    const text = await (await take('format=jpcoar_2.1&q=curlew')).text()
    const { root } = parseXml(text, new Map([['https://github.com/JPCOAR/schema/blob/master/2.1/', 'jpcoar']]))
    expect([root.name, root.children.map(({ name }) => name)]).toEqual([
      expect.stringMatching(/records$/),
      Array(3).fill('jpcoar:jpcoar'),
    ])
    const none = await (await take('format=jpcoar_2.1&q=nothing+of+this+kind')).text()
    expect(parseXml(none, new Map()).root.children).toEqual([])
  })

  it.each([
    ['ndjson', 'application/x-ndjson'],
    ['csv', 'text/csv'],
  ])('comes back as %s: nothing changes here, files stay, and elsewhere they are linked to', async (format, type) => {
    const before = await everything()
    const text = await (await take(`format=${format}&q=curlew`, staff)).text()
    const outcomes = await bringIn(id, type, text)
    expect(outcomes).toHaveLength(4)
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([])
    expect(await everything()).toEqual(before)

    const open = await (await take(`format=${format}&q=curlew`)).text()
    const there = await bringIn(elsewhere, type, open)
    expect(there.map(({ status }) => status)).not.toContain('rejected')
    const { items } = await jsonOf<{ items: { files: { url: string }[] }[] }>(kura.request(elsewhere, '/api/v1/items'))
    const urls = items.flatMap(({ files }) => files.map(({ url }) => url))
    expect(urls).toContainEqual(expect.stringMatching(new RegExp(`^https://${id}.example/items/.*thesis.pdf$`)))
  })

  it('is a table with its columns in order, in which nothing is a formula', async () => {
    const bytes = Buffer.from(await (await take('format=csv&q=curlew')).arrayBuffer())
    // The mark by which Excel knows UTF-8.
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
    const text = bytes.subarray(3).toString()
    const [header] = text.split('\r\n')
    expect(header).toBe(
      'source,publicationDate,title[1][en],creator[1].name[1][en],creator[2].name[1][ja],creator[2].name[2][en],type,type.uri,volume,pageStart,file[1].label,file[1].objectType,file[1].uri,file[2].uri',
    )
    expect(text).toContain('" =HYPERLINK(""https://evil.example"")"')
    expect(text).toContain(',-1,')
    expect(text).toContain('"Curlew, ""linked"""')
  })

  it.each([
    ['format=word', 'format'],
    ['', 'format'],
    ['format=csv&size=10', '/'],
    ['format=csv&from=soon', 'from'],
  ])('is refused for %j, with the place', async (query, path) => {
    const response = await take(query)
    const { errors } = await jsonOf<{ errors: { path: string }[] }>(response)
    expect([response.status, errors.map((error) => error.path)]).toEqual([422, [path]])
  })

  it('answers HEAD without a body', async () => {
    const response = await kura.request(id, '/api/v1/search/export?format=csv&q=curlew', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })
})

describe('texts of single items', () => {
  const output = (id: string, write: (number: number) => string) => ({
    id,
    name: id,
    mediaType: 'text/x-test',
    synonyms: [],
    extension: 'txt',
    write: ({ number }: { number: number }) => write(number),
  })
  const formats = exportFormatsOf([
    output('bibtex', (number) => `@misc{${number}}\n`) as never,
    output('csl-json', (number) => `[\n  { "id": ${number} }\n]\n`) as never,
    output('schema-org', () => 'never together') as never,
  ])
  const written = async (format: string, ...numbers: number[]) => {
    async function* items() {
      for (const number of numbers) yield { item: { number } } as never
    }
    const texts = formats.get(format)?.write(items(), { url: '', name: { ja: '' } }, '') as AsyncIterable<string>
    return (await Array.fromAsync(texts)).join('')
  }

  it('are put together as their format allows', async () => {
    expect(await written('bibtex', 1, 2)).toBe('@misc{1}\n\n@misc{2}\n')
    expect(JSON.parse(await written('csl-json', 1, 2, 3))).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    expect([await written('bibtex'), JSON.parse(await written('csl-json'))]).toEqual(['', []])
    expect(formats.has('schema-org')).toBe(false)
  })
})

interface Page {
  items: { number: number }[]
  next?: string
}

describe('a list of items', () => {
  it('goes on by links, and shows to each what may be read', async () => {
    const numbers = async (as?: Depositor) => {
      const found: number[] = []
      for (let next: string | undefined = '/items?size=2'; next !== undefined; ) {
        const response: Response = await (as ? as.api(next) : kura.request(id, `/api/v1${next}`))
        const page: Page = await jsonOf(response)
        expect(page.items.length).toBeLessThanOrEqual(2)
        expect(response.headers.get('link')?.includes('rel="next"') ?? false).toBe(page.next !== undefined)
        found.push(...page.items.map(({ number }) => number))
        next = page.next?.replace(/^.*\/api\/v1/, '')
      }
      return found
    }
    const [open, all] = [await numbers(), await numbers(staff)]
    expect(open).toEqual(open.toSorted((a, b) => a - b))
    expect([open.length, all.length]).toEqual([4, 5])
  })

  it('is shorter where records are long, and loses none', async () => {
    // More than is read at a time, and of what does not compress.
    await kura.asSuperuser(
      id,
      `update item set record = record || jsonb_build_object('descriptions', (
         select jsonb_agg(jsonb_build_object('type', 'Other', 'value', (
           select string_agg(md5(random()::text || part || n), '') from generate_series(1, 5000) as n
         ))) from generate_series(1, 12) as part)) where status = 'public'`,
    )
    const seen: number[] = []
    for (let next: string | undefined = '/items?size=100'; next !== undefined; ) {
      const page: Page = await jsonOf(kura.request(id, `/api/v1${next}`))
      seen.push(page.items.length)
      next = page.next?.replace(/^.*\/api\/v1/, '')
    }
    expect(seen).toEqual([1, 1, 1, 1])
  })
})

it('leaves readers their connections: exports of one client are read one after the other', async () => {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
  let reading = 0
  let most = 0
  const watched = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const answer = query.apply(this, given)
    if (!String(given[0]).includes('as wanted')) return answer as never
    most = Math.max(most, ++reading)
    return Promise.resolve(answer).finally(() => reading--) as never
  })
  try {
    const texts = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const response = await take('format=ndjson')
        return linesOf(await response.text()).length
      }),
    )
    expect(texts).toEqual(Array(12).fill(4))
    expect(most).toBe(1)
  } finally {
    watched.mockRestore()
  }
})

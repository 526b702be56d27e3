import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { fc } from '../../test/support/property.ts'

interface Member {
  number: number
  titles: { value: string }[]
  volume?: string
  heading?: { id: number; name: { ja: string } }
}

let kura: Institutions
let id: string
let staff: Depositor
beforeAll(async () => {
  kura = await openInstitutions(['bulletin'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

/** Makes a bulletin with these headings; its id, and theirs by name. */
async function bulletin(...headings: string[]) {
  const made = await jsonOf<{ id: number; headings: { id: number; name: { ja: string } }[] }>(
    staff.api('/collections', 'POST', {
      name: { ja: '紀要' },
      kind: 'contents',
      headings: headings.map((ja) => ({ name: { ja } })),
    }),
  )
  return { id: made.id, headings: new Map(made.headings.map((each) => [each.name.ja, each.id])) }
}

/** An article: volume, issue and first page, and the heading it stands under. */
const article = (collection: number, source: string, [volume, issue, pageStart]: string[], heading?: number) => ({
  source,
  record: minimal(source, {
    ...(volume && { volume }),
    ...(issue && { issue }),
    ...(pageStart && { pageStart }),
  }),
  collections: [{ collection, ...(heading !== undefined && { heading }) }],
})

async function page(collection: number, address?: string) {
  const first = `/api/v1/collections/${collection}/items`
  const response = await kura.request(id, address?.replace(`https://${id}.example`, '') ?? first)
  expect(response.status).toBe(200)
  const read = await jsonOf<{ items: Member[]; next?: string }>(response)
  // The header says the same (RFC 8288).
  const links = [
    ...(address === undefined ? [] : [`<https://${id}.example${first}>; rel="first"`]),
    ...(read.next === undefined ? [] : [`<${read.next}>; rel="next"`]),
  ]
  expect(response.headers.get('link') ?? '').toBe(links.join(', '))
  return read
}
const titles = ({ items }: { items: Member[] }) => items.map((each) => each.titles[0]?.value)

describe('a bulletin’s contents', () => {
  it('stand by volume and issue, the newest first, then by heading, then by first page', async () => {
    const { id: collection, headings } = await bulletin('論文', '書評')
    const [papers, reviews] = [headings.get('論文'), headings.get('書評')]
    await staff.lines(
      article(collection, '12(1) review p. 2', ['12', '1', '2'], reviews),
      article(collection, '12(1) paper p. 10', ['12', '1', '10'], papers),
      article(collection, '12(1) paper p. 9', ['第12巻', '１', '9'], papers),
      article(collection, '12(1) preface p. iv', ['12', '1', 'iv']),
      article(collection, '12(1) paper without a page', ['12', '1'], papers),
      article(collection, '9(2)', ['9', '2', '1'], papers),
      article(collection, '12(2)', ['12', '2', '1'], papers),
      article(collection, 'no volume', [], papers),
    )
    const read = await page(collection)
    expect(titles(read)).toEqual([
      '12(2)',
      '12(1) preface p. iv',
      '12(1) paper p. 9',
      '12(1) paper p. 10',
      '12(1) paper without a page',
      '12(1) review p. 2',
      '9(2)',
      'no volume',
    ])
    expect(read.items.map(({ heading }) => heading?.name.ja)).toEqual([
      '論文',
      undefined,
      '論文',
      '論文',
      '論文',
      '書評',
      '論文',
      '論文',
    ])
  })

  it('follow a record that changes, and a collection that becomes a list', async () => {
    const { id: collection } = await bulletin()
    await staff.lines(article(collection, 'x', ['1', '1', '5']), article(collection, 'y', ['1', '1', '7']))
    expect(titles(await page(collection))).toEqual(['x', 'y'])
    await staff.lines(article(collection, 'x', ['1', '1', '9']))
    expect(titles(await page(collection))).toEqual(['y', 'x'])
    await staff.lines(article(collection, 'y', ['0', '1', '7']), article(collection, 'z', ['0', '9', '7']))
    expect(titles(await page(collection))).toEqual(['x', 'z', 'y'])
    await staff.api(`/collections/${collection}`, 'PATCH', { kind: 'list' })
    expect(titles(await page(collection))).toEqual(['z', 'y', 'x'])
  })

  it('follow the order of the headings; what lies under one that goes lies under none', async () => {
    const { id: collection, headings } = await bulletin('論文', '書評')
    const [papers, reviews] = [headings.get('論文') as number, headings.get('書評') as number]
    await staff.lines(
      article(collection, 'paper', ['1', '1', '1'], papers),
      article(collection, 'review', ['1', '1', '2'], reviews),
    )
    const set = (headings: object[]) => staff.api(`/collections/${collection}`, 'PATCH', { headings })
    await set([
      { id: reviews, name: { ja: '書評' } },
      { name: { ja: '報告' } },
      { id: papers, name: { ja: '論文', en: 'Papers' } },
    ])
    const read = await page(collection)
    expect(titles(read)).toEqual(['review', 'paper'])
    expect(read.items[1]?.heading).toEqual({ id: papers, name: { ja: '論文', en: 'Papers' } })
    await set([{ id: reviews, name: { ja: '書評' } }])
    expect((await page(collection)).items.map(({ heading }) => heading?.id)).toEqual([undefined, reviews])
    for (const wrong of [
      [{ id: papers, name: { ja: '論文' } }],
      [reviews, reviews].map((id) => ({ id, name: { ja: '書評' } })),
    ])
      expect((await set(wrong)).status).toBe(422)
  })

  it('refuse a place that is none of theirs', async () => {
    const { id: collection } = await bulletin()
    for (const after of ['x', '2026-01-01.1', '_.x._.1', '']) {
      const path = `/api/v1/collections/${collection}/items?after=${after}`
      expect((await kura.request(id, path)).status, after).toBe(422)
    }
  })
})

describe('pages of a long bulletin', () => {
  const COUNT = 230
  const VOLUMES = ['1', '2', '10', 'X', '別冊', '']
  const PAGES = ['i', '1', '2', '10', 'e3', '']
  const place = (at: number) => [
    VOLUMES[at % VOLUMES.length] as string,
    at % 5 === 0 ? '1' : '2',
    PAGES[(at >> 2) % PAGES.length] as string,
  ]
  let collection: number
  let headings: number[]
  const line = (index: number, at: number) =>
    article(collection, `a${index}`, place(at), [...headings, undefined][at % 4])

  beforeAll(async () => {
    const made = await bulletin('論文', '研究ノート', '書評')
    collection = made.id
    headings = [...made.headings.values()]
    await staff.lines(...Array.from({ length: COUNT }, (_, index) => line(index, index)))
  })

  it('lose and double nothing while others are edited between them', async () => {
    /** Between two pages: one article comes to stand elsewhere, one is withdrawn or comes back. */
    const edits = fc.array(fc.record({ moved: fc.nat(COUNT - 1), to: fc.nat(200), toggled: fc.nat(COUNT - 1) }), {
      minLength: 2,
      maxLength: 2,
    })
    const withdrawn = new Set<number>()
    await fc.assert(
      fc.asyncProperty(edits, async (between) => {
        const touched = new Set<number>()
        const before = new Set(withdrawn)
        const seen: Member[] = []
        let read = await page(collection)
        for (const { moved, to, toggled } of between) {
          seen.push(...read.items)
          if (!withdrawn.has(moved)) await staff.lines(line(moved, to))
          await toggle(toggled)
          touched.add(moved).add(toggled)
          if (read.next !== undefined) read = await page(collection, read.next)
        }
        seen.push(...read.items)
        expect(read.next).toBeUndefined()
        const untouched = Array.from({ length: COUNT }, (_, index) => index).filter(
          (index) => !touched.has(index) && !before.has(index),
        )
        const count = (index: number) => seen.filter(({ titles }) => titles[0]?.value === `a${index}`).length
        expect(untouched.filter((index) => count(index) !== 1)).toEqual([])
      }),
      { numRuns: 8, interruptAfterTimeLimit: 20_000 },
    )

    async function toggle(index: number) {
      const path = `/items/${await numberOf(index)}/withdrawal`
      if (withdrawn.delete(index)) await staff.api(path, 'DELETE')
      else {
        withdrawn.add(index)
        await staff.api(path, 'POST', { reason: 'x' })
      }
    }
  })

  it('are in one order, whatever was edited before', async () => {
    const all: Member[] = []
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const read: { items: Member[]; next?: string } = await page(collection, after)
      all.push(...read.items)
      after = read.next
    }
    // Anew, from the records alone.
    const rows = all.map(({ number, volume = '' }) => ({ number, volume: volume === 'X' ? '10' : volume }))
    const ranks = ['10', '2', '1', '別冊', '']
    const volumes = rows.map(({ volume }) => ranks.indexOf(volume))
    expect(volumes).toEqual(volumes.toSorted((a, b) => a - b))
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
  })

  const numbers = new Map<number, number>()
  async function numberOf(index: number): Promise<number> {
    if (numbers.size === 0) {
      const { db } = kura.tenant(id)
      const rows = await db.selectFrom('item').select(['number', 'source']).where('source', 'like', 'a%').execute()
      for (const { number, source } of rows) numbers.set(Number(source?.slice(1)), number)
    }
    return numbers.get(index) as number
  }
})

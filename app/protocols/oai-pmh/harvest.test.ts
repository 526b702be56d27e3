import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../../test/support/depositor.ts'
import { type Heard, harvester } from '../../../test/support/harvester.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { lockItem, revise } from '../../items/index.ts'

let kura: Institutions
let id: string
let staff: Depositor
let oai: ReturnType<typeof harvester>

beforeAll(async () => {
  kura = await openInstitutions(['under-way', 'paging', 'large', 'sets', 'empty'])
})
afterAll(() => kura.close())

async function at(index: number) {
  id = kura.ids[index] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  oai = harvester(kura, id)
}

const LIST = { verb: 'ListRecords', metadataPrefix: 'jpcoar' }
const harvest = async (more: Record<string, string> = {}) => {
  const pages = await Array.fromAsync(oai.pages({ ...LIST, ...more }))
  return { pages, heard: pages.flatMap(({ heard }) => heard), moment: pages[0]?.responseDate as string }
}
const titles = (heard: Heard[]) => heard.map(({ title }) => title)
const importOne = async (source: string, title = source) => {
  const [outcome] = await staff.lines({ source, record: minimal(title) })
  return outcome?.item.number as number
}

/** Changes an item, but for the commit: it publishes, and holds the feed's lock until it is let go. */
async function changeSlowly(number: number, title: string) {
  const published = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const tenant = kura.tenant(id)
  const done = tenant.db.transaction().execute(async (tx) => {
    const item = await lockItem(tx, { number })
    if (!item) throw new Error(`no item ${number}`)
    const record = { ...item.record, titles: [{ value: title, lang: 'en' }] }
    await revise(tx, tenant, item, { record }, { actor: 'test', change: 'edit' })
    published.resolve()
    await letGo.promise
  })
  await published.promise
  return async () => {
    letGo.resolve()
    await done
  }
}

describe('a publication that is under way while a list is asked for', () => {
  it('is in the next list from responseDate on', async () => {
    await at(0)
    const slow = await importOne('slow')
    await importOne('quick')
    // The next second: datestamps are to the second, and would hide a responseDate that is too late.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const end = await changeSlowly(slow, 'slow, changed')
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const first = await harvest()
    expect(titles(first.heard)).toEqual(['slow', 'quick'])
    await end()
    expect(titles((await harvest({ from: first.moment })).heard)).toContain('slow, changed')
  })

  it('is in the next list also where it is the first of all', async () => {
    await at(4)
    // An institution's very first item, committed but hidden until its day: publishing it is the feed's first row.
    await staff.lines({ source: 'only', record: minimal('only'), publicationDate: '2030-01-01' })
    kura.clock.set('2030-01-01T12:00:00+09:00')
    const end = await changeSlowly(1, 'only, changed')
    const first = await oai.ask(LIST)
    expect(first.errors).toEqual(['noRecordsMatch'])
    await end()
    expect(titles((await harvest({ from: first.responseDate })).heard)).toEqual(['only, changed'])
  })

  it('does not date a list back when it has ended', async () => {
    await at(0)
    const before = new Date().toISOString().slice(0, 19)
    expect((await harvest()).moment >= before).toBe(true)
  })
})

describe('pages', () => {
  const COUNT = 230
  it('of a hundred give every item, also one that changes while they are read', async () => {
    await at(1)
    const lines = Array.from({ length: COUNT }, (_, i) => ({ source: `s${i}`, record: minimal(`Title ${i}`) }))
    await staff.lines(...lines)
    const pages = oai.pages(LIST)
    const first = (await pages.next()).value
    expect(first.heard).toHaveLength(100)
    // One that was read, one that is about to be, and one that comes to be.
    await importOne('s3', 'Title 3 changed')
    await importOne('s150', 'Title 150 changed')
    await importOne('new', 'Title of late')
    const rest = await Array.fromAsync(pages)
    expect(rest.map(({ heard }) => heard.length)).toEqual([100, 32])
    expect(rest.at(-1)?.token).toBe('')
    const mirror = new Map([first, ...rest].flatMap(({ heard }) => heard).map((each) => [each.identifier, each.title]))
    const expected = lines.map(({ record }) => record.titles[0]?.value)
    expected[3] = 'Title 3 changed'
    expected[150] = 'Title 150 changed'
    expect([...mirror.values()].sort()).toEqual([...expected, 'Title of late'].sort())
  })

  it('give headers alone just as well', async () => {
    const pages = await Array.fromAsync(oai.pages({ verb: 'ListIdentifiers', metadataPrefix: 'jpcoar' }))
    expect(pages.map(({ heard }) => heard.length)).toEqual([100, 100, 31])
    expect(pages[0]?.heard[0]).not.toHaveProperty('title')
  })

  it('end at five megabytes', async () => {
    await at(2)
    for (let i = 0; i < 5; i++) {
      const descriptions = Array.from({ length: 10 }, () => ({ value: `${i}`.repeat(200_000), type: 'Abstract' }))
      await staff.lines({ source: `long-${i}`, record: minimal(`Long ${i}`, { descriptions }) })
    }
    // Bytes, not characters: of these each has 2.7 MB.
    for (let i = 5; i < 7; i++) {
      const descriptions = Array.from({ length: 10 }, () => ({ value: '蔵'.repeat(90_000), type: 'Abstract' }))
      await staff.lines({ source: `long-${i}`, record: minimal(`Long ${i}`, { descriptions }) })
    }
    const { pages, heard } = await harvest()
    expect(pages.map((page) => page.heard.length)).toEqual([2, 2, 2, 1])
    expect(titles(heard)).toEqual(Array.from({ length: 7 }, (_, i) => `Long ${i}`))
  })
})

describe('a list', () => {
  it('begins and ends with the days and seconds that it is asked for, both included', async () => {
    await at(0)
    const { heard } = await harvest()
    const stamp = heard[0]?.datestamp as string
    const day = stamp.slice(0, 10)
    const shift = (by: number) => new Date(Date.parse(stamp) + by * 1000).toISOString().replace('.000', '')
    const asked = async (more: Record<string, string>) => titles((await oai.ask({ ...LIST, ...more })).heard)
    expect(await asked({ from: day, until: day })).toEqual(titles(heard))
    expect(await asked({ from: stamp, until: stamp })).toContain(heard[0]?.title)
    expect(await asked({ from: shift(1) })).not.toContain(heard[0]?.title)
    expect(await asked({ until: shift(-1) })).toEqual([])
  })
})

describe('collections', () => {
  const make = async (more: object = {}) =>
    (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '集' }, ...more }))).id
  const change = (collection: number, patch: object) => staff.api(`/collections/${collection}`, 'PATCH', patch)
  const put = (item: number, ...collections: number[]) =>
    staff.api(`/items/${item}/collections`, 'PUT', { collections })
  /** What a harvester now hears of an item. */
  const heardOf = async (item: number) => {
    await kura.settle()
    const identifier = `oai:${id}.example:${String(item).padStart(8, '0')}`
    return (await oai.ask({ verb: 'GetRecord', metadataPrefix: 'jpcoar', identifier })).heard[0]
  }

  it('are sets: an item is in those that it lies in and in all above', async () => {
    await at(3)
    const [top, item] = [await make(), await importOne('in-sets')]
    const [left, right] = [await make({ parent: top }), await make({ parent: top })]
    await put(item, left, right)
    expect((await heardOf(item))?.sets).toEqual([top, left, right].map(String))
    for (const set of [top, left, right]) {
      expect((await harvest({ set: String(set) })).heard.map(({ title }) => title)).toEqual(['in-sets'])
    }
    await put(item, right)
    expect((await heardOf(item))?.sets).toEqual([top, right].map(String))
    expect((await oai.ask({ ...LIST, set: String(left) })).errors).toEqual(['noRecordsMatch'])
  })

  it('keep their set when they are renamed or moved', async () => {
    const [top, other, item] = [await make(), await make(), await importOne('moved')]
    const below = await make({ parent: top })
    await put(item, below)
    const before = await heardOf(item)
    await change(below, { name: { ja: '新しい名', en: 'New name' }, position: 7 })
    expect(await heardOf(item)).toEqual(before)
    await change(below, { parent: other })
    expect((await heardOf(item))?.sets).toEqual([other, below].map(String))
  })

  it('that are closed make their items deleted, in their sets, and open ones bring them back', async () => {
    const [top, item] = [await make(), await importOne('closed')]
    const below = await make({ parent: top })
    await put(item, below)
    const live = await heardOf(item)
    expect(live).toMatchObject({ deleted: false })
    for (const closed of [{ public: false }, { harvested: false }]) {
      for (const collection of [top, below]) {
        await change(collection, closed)
        expect(await heardOf(item)).toMatchObject({ deleted: true, sets: live?.sets })
        expect((await harvest({ set: String(below) })).heard).toMatchObject([{ deleted: true }])
        await change(collection, { public: true, harvested: true })
        expect(await heardOf(item)).toMatchObject({ deleted: false, title: 'closed', sets: live?.sets })
      }
    }
  })

  it('take an item out of the harvest only when the last that is harvested is left', async () => {
    const [open, closed, item] = [await make(), await make({ harvested: false }), await importOne('two')]
    await put(item, open, closed)
    expect(await heardOf(item)).toMatchObject({ deleted: false, sets: [String(open)] })
    await put(item, closed)
    expect(await heardOf(item)).toMatchObject({ deleted: true })
    await put(item)
    expect(await heardOf(item)).toMatchObject({ deleted: false, sets: [] })
  })

  it('hide an item that was never harvested without a trace, while readers see it', async () => {
    const closed = await make({ harvested: false })
    await staff.lines({ source: 'hidden', record: minimal('hidden'), publicationDate: '2031-01-01' })
    kura.clock.set('2030-06-01T12:00:00+09:00')
    const [row] = await staff.lines({ source: 'hidden', record: minimal('hidden'), publicationDate: '2031-01-01' })
    const item = row?.item.number as number
    await put(item, closed)
    kura.clock.set('2031-01-01T12:00:00+09:00')
    await kura.round(id)
    expect((await kura.request(id, `/items/${item}`)).status).toBe(200)
    expect(await heardOf(item)).toBeUndefined()
    expect(titles((await harvest()).heard)).not.toContain('hidden')
  })
})

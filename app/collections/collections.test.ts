import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonOf } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { type CollectionJson, type Librarian, librarian } from '../../test/support/librarian.ts'
import { fc } from '../../test/support/property.ts'

let kura: Institutions
let id: string
let staff: Librarian

beforeAll(async () => {
  kura = await openInstitutions(['reading', 'order', 'moving'])
})
afterAll(() => kura.close())

async function at(index: number) {
  id = kura.ids[index] as string
  staff = await librarian(kura, id)
}

const statusFor = async (path: string) => (await kura.request(id, path)).status
type Level = { collections: CollectionJson[] }
const names = async (ask: (path: string) => Promise<Level>, parent?: number) =>
  (await ask(`/collections${parent === undefined ? '' : `?parent=${parent}`}`)).collections.map(({ name }) => name.ja)
const asReader = (path: string) => staff.read<Level>(path)
const asStaff = (path: string) => jsonOf<Level>(staff.api(path))

describe('readers', () => {
  let [open, below, closed, hidden] = [0, 0, 0, 0]
  beforeAll(async () => {
    await at(0)
    open = await staff.make('open')
    below = await staff.make('below', { parent: open })
    closed = await staff.make('secret', { public: false })
    hidden = await staff.make('unseen', { parent: closed })
    const number = await staff.item('everywhere')
    await staff.put(number, open, below, closed, hidden)
    await staff.put(await staff.item('later', { publicationDate: '2050-01-01' }), below)
  })

  it('find the collections that are public with all above, level by level, with what lies in them', async () => {
    expect(await asReader('/collections')).toEqual({
      collections: [{ id: open, parent: null, name: { ja: 'open' }, kind: 'list', items: 1, collections: 1 }],
    })
    expect(await asReader(`/collections?parent=${open}`)).toMatchObject({
      collections: [{ id: below, items: 1, collections: 0 }],
    })
    expect(await staff.read(`/collections/${below}`)).toMatchObject({ above: [{ id: open }], items: 1 })
    expect(await names(asReader, closed)).toEqual([])
  })

  it('find nothing of one that is not, wherever they look', async () => {
    for (const id of [closed, hidden, 77_777])
      for (const path of [`/api/v1/collections/${id}`, `/api/v1/collections/${id}/items`, `/collections/${id}`])
        expect(await statusFor(path), path).toBe(404)
    const number = (await staff.read<{ items: { number: number }[] }>(`/collections/${open}/items`)).items[0]?.number
    for (const path of ['/', '/collections', `/collections/${open}`, `/items/${number}`]) {
      const page = await (await kura.request(id, path)).text()
      expect(page, path).toContain('open')
      expect(page, path).not.toMatch(/secret|unseen/)
    }
  })

  it('lose sight of a branch when it is closed, and get it back', async () => {
    await staff.change(open, { public: false })
    expect(await statusFor(`/collections/${below}`)).toBe(404)
    expect(await names(asReader)).toEqual([])
    await staff.change(open, { public: true })
    expect(await statusFor(`/collections/${below}`)).toBe(200)
    await staff.change(below, { parent: closed })
    expect(await statusFor(`/collections/${below}`)).toBe(404)
    await staff.change(below, { parent: open })
    expect(await statusFor(`/collections/${below}`)).toBe(200)
  })

  it('are told neither flags nor positions; staff are, and see all', async () => {
    expect(await staff.read(`/collections/${open}`)).not.toHaveProperty('harvested')
    expect(await names(asStaff)).toEqual(['open', 'secret'])
    expect(await jsonOf<CollectionJson>(staff.api(`/collections/${below}`))).toMatchObject({
      public: true,
      harvested: true,
      position: 1,
      items: 2,
    })
  })

  it('find an item in its collection as long as it is public', async () => {
    const number = await staff.item('for a while')
    await staff.put(number, open)
    const titles = async () => {
      const { items } = await staff.read<{ items: { titles: { value: string }[] }[] }>(`/collections/${open}/items`)
      return items.map((each) => each.titles[0]?.value)
    }
    expect(await titles()).toEqual(['for a while', 'everywhere'])
    await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'x' })
    expect(await titles()).toEqual(['everywhere'])
    expect(await staff.read(`/collections/${open}`)).toMatchObject({ items: 1 })
    await staff.api(`/items/${number}/withdrawal`, 'DELETE')
    expect(await titles()).toEqual(['for a while', 'everywhere'])
  })

  it('get a list of many in pages, each collection once', async () => {
    const parent = await staff.make('many')
    const members = Array.from({ length: 205 }, (_, i) => ({
      parent,
      position: i % 7,
      name: JSON.stringify({ ja: `m${i}` }),
      public: true,
      harvested: true,
      shown: true,
    }))
    await kura.tenant(id).db.insertInto('collection').values(members).execute()
    const seen: number[] = []
    let path: string | undefined = `/collections?parent=${parent}`
    const sizes: number[] = []
    while (path !== undefined) {
      const page: { collections: CollectionJson[]; next?: string } = await staff.read(path)
      sizes.push(page.collections.length)
      seen.push(...page.collections.map(({ id }) => id))
      path = page.next?.replace(`https://${id}.example/api/v1`, '')
    }
    expect(sizes).toEqual([100, 100, 5])
    expect(new Set(seen).size).toBe(205)
    for (const wrong of ['x', '1', '1.', '99999999999.1', "1.1'--", '9999999999.9999999999'])
      expect(await statusFor(`/api/v1/collections?after=${wrong}`), wrong).toBe(422)
  })
})

describe('whatever is moved, opened and closed', () => {
  const COUNT = 5
  const steps = fc.array(
    fc.record({
      collection: fc.nat(COUNT - 1),
      patch: fc.oneof(
        fc.record({ parent: fc.option(fc.nat(COUNT - 1), { freq: 3 }) }),
        fc.record({ public: fc.boolean() }),
        fc.record({ harvested: fc.boolean() }),
      ),
    }),
    { minLength: 4, maxLength: 12 },
  )

  it('readers see a collection exactly if it and all above it are public', async () => {
    await at(2)
    const ids = await Array.fromAsync({ length: COUNT }, (_, index) => staff.make(`c${index}`))
    const number = await staff.item('in all')
    await staff.put(number, ...ids)
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const model = ids.map(() => ({ parent: null as number | null, public: true }))
        for (const id of ids) await staff.change(id, { parent: null, public: true, harvested: true })
        for (const { collection, patch } of taken) {
          const { parent } = patch as { parent?: number | null }
          const body = parent == null ? patch : { parent: ids[parent] }
          const { status } = await staff.change(ids[collection] as number, body)
          if (status === 200) Object.assign(model[collection] as object, patch)
        }
        const shown = (index: number): boolean => {
          const { parent, public: open } = model[index] as (typeof model)[number]
          return open && (parent === null || shown(parent))
        }
        const expected = ids.filter((_, index) => shown(index))
        const found: number[] = []
        for (const id of ids) if ((await statusFor(`/api/v1/collections/${id}`)) === 200) found.push(id)
        expect(found).toEqual(expected)
        const page = await (await kura.request(id, `/items/${number}`)).text()
        expect(new Set([...page.matchAll(/\/collections\/(\d+)/g)].map(([, id]) => Number(id)))).toEqual(
          new Set(expected),
        )
      }),
      { numRuns: 15, interruptAfterTimeLimit: 20_000 },
    )
  })
})

describe('a collection', () => {
  const order = (parent?: number) => names(asStaff, parent)
  let [a, b, c] = [0, 0, 0]
  beforeAll(async () => {
    await at(1)
    ;[a, b, c] = [await staff.make('a'), await staff.make('b'), await staff.make('c')]
  })

  it('moves before another, or last', async () => {
    await staff.change(c, { before: a })
    expect(await order()).toEqual(['c', 'a', 'b'])
    await staff.change(c, { before: null })
    expect(await order()).toEqual(['a', 'b', 'c'])
    await staff.change(b, { before: b }).then(({ status }) => expect(status).toBe(422))
    await staff.change(b, { before: 77_777 }).then(({ status }) => expect(status).toBe(422))
    await staff.change(b, { before: a, position: 3 }).then(({ status }) => expect(status).toBe(422))
    expect(await order()).toEqual(['a', 'b', 'c'])
  })

  it('moves anywhere however often, also between two that have the same position', async () => {
    const parent = await staff.make('parent')
    const members = ['0', '1', '2', '3', '4']
    const ids: { [name: string]: number } = {}
    for (const name of members) ids[name] = await staff.make(name, { parent, position: 5 })
    const expected = [...members]
    for (let step = 0; step < 40; step++) {
      const name = members[(step * 7) % 5] as string
      const follower = members[(step * 3 + 1) % 5] as string
      if (name === follower) continue
      expect((await staff.change(ids[name] as number, { before: ids[follower] })).status).toBe(200)
      expected.splice(expected.indexOf(name), 1)
      expected.splice(expected.indexOf(follower), 0, name)
      expect(await order(parent)).toEqual(expected)
    }
  })

  it('moves to another parent, before one of those there', async () => {
    const parent = await staff.make('there')
    const first = await staff.make('first', { parent })
    await staff.change(a, { parent, before: first })
    expect(await order(parent)).toEqual(['a', 'first'])
    await staff.change(a, { parent: null, before: b })
    expect((await order()).slice(0, 2)).toEqual(['a', 'b'])
  })
})

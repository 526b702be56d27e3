import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml } from '../../test/support/depositor.ts'
import { type Heard, harvester } from '../../test/support/harvester.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

interface Json {
  id: number
  parent: number | null
  name: { ja: string }
  items: number
  collections: number
  position?: number
  public?: boolean
  above: { id: number }[]
  headings: { id: number; name: { ja: string } }[]
}

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['reading', 'order', 'deleting', 'importing', 'moving'])
})
afterAll(() => kura.close())

async function at(index: number) {
  id = kura.ids[index] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
}

const make = async (name: string, more: object = {}) =>
  (await jsonOf<Json>(staff.api('/collections', 'POST', { name: { ja: name }, ...more }))).id
const change = (collection: number, patch: object) => staff.api(`/collections/${collection}`, 'PATCH', patch)
const put = (item: number, ...collections: unknown[]) => staff.api(`/items/${item}/collections`, 'PUT', { collections })
const importOne = async (line: object) => {
  const [outcome] = await staff.lines(line)
  return outcome?.item?.number as number
}
const item = (source: string, more: object = {}) => importOne({ source, record: minimal(source), ...more })
/** What a reader without a token gets. */
const reader = async <T = Json>(path: string) => await jsonOf<T>(kura.request(id, `/api/v1${path}`))
const statusFor = async (path: string) => (await kura.request(id, path)).status
const names = async (ask: (path: string) => Promise<{ collections: Json[] }>, parent?: number) =>
  (await ask(`/collections${parent === undefined ? '' : `?parent=${parent}`}`)).collections.map(({ name }) => name.ja)
const asReader = (path: string) => reader<{ collections: Json[] }>(path)
const asStaff = (path: string) => jsonOf<{ collections: Json[] }>(staff.api(path))

describe('readers', () => {
  let [open, below, closed, hidden] = [0, 0, 0, 0]
  beforeAll(async () => {
    await at(0)
    open = await make('open')
    below = await make('below', { parent: open })
    closed = await make('secret', { public: false })
    hidden = await make('unseen', { parent: closed })
    const number = await item('everywhere')
    await put(number, open, below, closed, hidden)
    await put(await item('later', { publicationDate: '2050-01-01' }), below)
  })

  it('find the collections that are public with all above, level by level, with what lies in them', async () => {
    expect(await asReader('/collections')).toEqual({
      collections: [{ id: open, parent: null, name: { ja: 'open' }, kind: 'list', items: 1, collections: 1 }],
    })
    expect(await asReader(`/collections?parent=${open}`)).toMatchObject({
      collections: [{ id: below, items: 1, collections: 0 }],
    })
    expect(await reader(`/collections/${below}`)).toMatchObject({ above: [{ id: open }], items: 1 })
    expect(await names(asReader, closed)).toEqual([])
  })

  it('find nothing of one that is not, wherever they look', async () => {
    for (const id of [closed, hidden, 77_777])
      for (const path of [`/api/v1/collections/${id}`, `/api/v1/collections/${id}/items`, `/collections/${id}`])
        expect(await statusFor(path), path).toBe(404)
    const number = (await reader<{ items: { number: number }[] }>(`/collections/${open}/items`)).items[0]?.number
    for (const path of ['/', '/collections', `/collections/${open}`, `/items/${number}`]) {
      const page = await (await kura.request(id, path)).text()
      expect(page, path).toContain('open')
      expect(page, path).not.toMatch(/secret|unseen/)
    }
  })

  it('lose sight of a branch when it is closed, and get it back', async () => {
    await change(open, { public: false })
    expect(await statusFor(`/collections/${below}`)).toBe(404)
    expect(await names(asReader)).toEqual([])
    await change(open, { public: true })
    expect(await statusFor(`/collections/${below}`)).toBe(200)
    await change(below, { parent: closed })
    expect(await statusFor(`/collections/${below}`)).toBe(404)
    await change(below, { parent: open })
    expect(await statusFor(`/collections/${below}`)).toBe(200)
  })

  it('are told neither flags nor positions; staff are, and see all', async () => {
    expect(await reader(`/collections/${open}`)).not.toHaveProperty('harvested')
    expect(await names(asStaff)).toEqual(['open', 'secret'])
    expect(await jsonOf<Json>(staff.api(`/collections/${below}`))).toMatchObject({
      public: true,
      harvested: true,
      position: 1,
      items: 2,
    })
  })

  it('find an item in its collection as long as it is public', async () => {
    const number = await item('for a while')
    await put(number, open)
    const titles = async () => {
      const { items } = await reader<{ items: { titles: { value: string }[] }[] }>(`/collections/${open}/items`)
      return items.map((each) => each.titles[0]?.value)
    }
    expect(await titles()).toEqual(['for a while', 'everywhere'])
    await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'x' })
    expect(await titles()).toEqual(['everywhere'])
    expect(await reader(`/collections/${open}`)).toMatchObject({ items: 1 })
    await staff.api(`/items/${number}/withdrawal`, 'DELETE')
    expect(await titles()).toEqual(['for a while', 'everywhere'])
  })

  it('get a list of many in pages, each collection once', async () => {
    const parent = await make('many')
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
    let after: string | undefined = ''
    const sizes: number[] = []
    while (after !== undefined) {
      const path: string = `/collections?parent=${parent}${after && `&after=${after}`}`
      const page: { collections: Json[]; next?: string } = await reader(path)
      sizes.push(page.collections.length)
      seen.push(...page.collections.map(({ id }) => id))
      after = page.next
    }
    expect(sizes).toEqual([100, 100, 5])
    expect(new Set(seen).size).toBe(205)
    for (const wrong of ['x', '1', '1.', '99999999999.1', "1.1'--"])
      expect(await statusFor(`/api/v1/collections?after=${wrong}`), wrong).toBe(422)
    expect(await statusFor('/api/v1/collections?after=9999999999.9999999999')).toBe(400)
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
    await at(4)
    const ids = await Array.fromAsync({ length: COUNT }, (_, index) => make(`c${index}`))
    const number = await item('in all')
    await put(number, ...ids)
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const model = ids.map(() => ({ parent: null as number | null, public: true }))
        for (const id of ids) await change(id, { parent: null, public: true, harvested: true })
        for (const { collection, patch } of taken) {
          const { parent } = patch as { parent?: number | null }
          const body = parent == null ? patch : { parent: ids[parent] }
          const { status } = await change(ids[collection] as number, body)
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
    ;[a, b, c] = [await make('a'), await make('b'), await make('c')]
  })

  it('moves before another, or last', async () => {
    await change(c, { before: a })
    expect(await order()).toEqual(['c', 'a', 'b'])
    await change(c, { before: null })
    expect(await order()).toEqual(['a', 'b', 'c'])
    await change(b, { before: b }).then(({ status }) => expect(status).toBe(422))
    await change(b, { before: 77_777 }).then(({ status }) => expect(status).toBe(422))
    await change(b, { before: a, position: 3 }).then(({ status }) => expect(status).toBe(422))
    expect(await order()).toEqual(['a', 'b', 'c'])
  })

  it('moves anywhere however often, also between two that have the same position', async () => {
    const parent = await make('parent')
    const members = ['0', '1', '2', '3', '4']
    const ids: { [name: string]: number } = {}
    for (const name of members) ids[name] = await make(name, { parent, position: 5 })
    const expected = [...members]
    for (let step = 0; step < 40; step++) {
      const name = members[(step * 7) % 5] as string
      const follower = members[(step * 3 + 1) % 5] as string
      if (name === follower) continue
      expect((await change(ids[name] as number, { before: ids[follower] })).status).toBe(200)
      expected.splice(expected.indexOf(name), 1)
      expected.splice(expected.indexOf(follower), 0, name)
      expect(await order(parent)).toEqual(expected)
    }
  })

  it('moves to another parent, before one of those there', async () => {
    const parent = await make('there')
    const first = await make('first', { parent })
    await change(a, { parent, before: first })
    expect(await order(parent)).toEqual(['a', 'first'])
    await change(a, { parent: null, before: b })
    expect((await order()).slice(0, 2)).toEqual(['a', 'b'])
  })
})

describe('what lies in collections', () => {
  it('is written to the search index anew when it changes', async () => {
    await at(1)
    const number = await item('indexed')
    await kura.settle()
    const { db } = kura.tenant(id)
    const entries = () => db.selectFrom('search_document').select('item').where('item', '=', number).execute()
    await db.deleteFrom('search_document').where('item', '=', number).execute()
    const collection = await make('indexed')
    await put(number, collection)
    await kura.settle()
    expect(await entries()).toHaveLength(1)
    await db.deleteFrom('search_document').where('item', '=', number).execute()
    await staff.api(`/collections/${collection}?items=leave`, 'DELETE')
    await kura.settle()
    expect(await entries()).toHaveLength(1)
  })

  it('and the tree change beside each other', async () => {
    const [bulletin, branch] = [await make('busy', { kind: 'contents' }), await make('branch')]
    const { headings } = await jsonOf<Json>(
      change(bulletin, { headings: [{ name: { ja: 'a' } }, { name: { ja: 'b' } }] }),
    )
    const turned = headings.toReversed()
    const rounds = Array.from({ length: 12 }, async (_, round) => {
      const line = { source: `busy${round % 3}`, record: minimal(`busy ${round}`, { pageStart: `${round}` }) }
      const [outcome] = await staff.lines({
        ...line,
        collections: [{ collection: bulletin, heading: headings[0]?.id }],
      })
      const answers = await Promise.all([
        change(bulletin, {
          parent: round % 2 ? branch : null,
          public: round % 3 > 0,
          headings: round % 2 ? headings : turned,
        }),
        put(outcome?.item.number as number, bulletin),
        staff.lines({ ...line, record: minimal(`busy again ${round}`), collections: [bulletin, branch] }),
      ])
      return [outcome?.status, answers[0].status, answers[1].status, answers[2][0]?.errors]
    })
    for (const answer of await Promise.all(rounds))
      expect(answer).toEqual([expect.stringMatching(/imported|updated/), 200, 204, []])
  })
})

describe('deleting a collection', () => {
  const deleting = (collection: number, query = '') => staff.api(`/collections/${collection}${query}`, 'DELETE')
  const heardOf = async (number: number): Promise<Heard | undefined> => {
    await kura.settle()
    const identifier = `oai:${id}.example:${String(number).padStart(8, '0')}`
    return (await harvester(kura, id).ask({ verb: 'GetRecord', metadataPrefix: 'jpcoar', identifier })).heard[0]
  }

  it('is refused while others lie in it, and by itself while items do', async () => {
    await at(2)
    const top = await make('top')
    const below = await make('below', { parent: top })
    await put(await item('in it'), below)
    expect((await deleting(top, '?items=leave')).status).toBe(409)
    const refused = await deleting(below)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('1 items lie in collection')
    expect((await deleting(below, '?items=leave')).status).toBe(204)
    expect((await deleting(top)).status).toBe(204)
    expect((await deleting(top)).status).toBe(404)
  })

  it('lets items leave it: harvested without it, or deleted where the others are not harvested', async () => {
    const [open, closed] = [await make('open'), await make('closed', { harvested: false })]
    const [alone, elsewhere] = [await item('alone'), await item('elsewhere')]
    await put(alone, open)
    await put(elsewhere, open, closed)
    expect(await heardOf(elsewhere)).toMatchObject({ deleted: false, sets: [String(open)] })
    expect((await deleting(open, '?items=leave')).status).toBe(204)
    expect(await heardOf(alone)).toMatchObject({ deleted: false, sets: [] })
    expect(await heardOf(elsewhere)).toMatchObject({ deleted: true })
  })

  it('never gives its id to another', async () => {
    const last = await make('last')
    expect((await deleting(last)).status).toBe(204)
    expect(await make('next')).toBeGreaterThan(last)
  })
})

describe('an import', () => {
  it('puts a record into collections, and leaves it where it lies when it says nothing of them', async () => {
    await at(3)
    const one = await make('one')
    const bulletin = await make('bulletin', { kind: 'contents', headings: [{ name: { ja: '論文' } }] })
    const [heading] = (await jsonOf<Json>(staff.api(`/collections/${bulletin}`))).headings
    const placing = { collection: bulletin, heading: heading?.id }
    const number = await item('placed', { collections: [one, placing] })
    const placement = async () =>
      (await jsonOf<{ collections: unknown }>(staff.api(`/items/${number}/collections`))).collections
    expect(await placement()).toEqual([one, placing])
    await staff.lines({ source: 'placed', record: minimal('placed, changed') })
    expect(await placement()).toEqual([one, placing])
    const [outcome] = await staff.lines({ source: 'placed', record: minimal('placed, changed'), collections: [] })
    expect(outcome?.status).toBe('updated')
    expect(await placement()).toEqual([])
  })

  it('is in the sets of its collections from the first', async () => {
    const one = await make('set')
    const number = await item('in a set', { collections: [one] })
    const identifier = `oai:${id}.example:${String(number).padStart(8, '0')}`
    const { heard } = await harvester(kura, id).ask({ verb: 'GetRecord', metadataPrefix: 'jpcoar', identifier })
    expect(heard).toMatchObject([{ sets: [String(one)] }])
  })

  it('waits for a change of the tree that is under way, if it names collections', async () => {
    const one = await make('waited for')
    const changed = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const change = kura
      .tenant(id)
      .db.transaction()
      .execute(async (tx) => {
        // The lock under which the tree is changed.
        await sql`select pg_advisory_xact_lock(2)`.execute(tx)
        held.resolve()
        await changed.promise
      })
    await held.promise
    let placed = false
    const placing = item('with collections', { collections: [one] }).then(() => {
      placed = true
    })
    await item('without collections')
    await item('another without')
    expect(placed).toBe(false)
    changed.resolve()
    await Promise.all([change, placing])
    expect(await reader(`/collections/${one}`)).toMatchObject({ items: 1 })
  })

  it('rejects a record whose collection or heading is not there, and takes those beside it', async () => {
    const one = await make('one more')
    const outcomes = await staff.lines(
      { source: 'w1', record: minimal('w1'), collections: [77_777] },
      { source: 'w2', record: minimal('w2'), collections: [{ collection: one, heading: 77_777 }] },
      { source: 'w3', record: minimal('w3'), collections: ['x'] },
      { source: 'w4', record: minimal('w4'), collections: [one] },
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'imported'])
    expect(outcomes.map(({ errors }) => errors[0]?.rule)).toEqual([
      'import.collections',
      'import.collections',
      'import.parameter',
      undefined,
    ])
  })

  it('of one record as XML names its collections in the query', async () => {
    const one = await make('for XML')
    const token = await kura.token(id, 'import')
    const send = (collections: string) =>
      kura.request(id, `/api/v1/imports?source=x.xml&collections=${collections}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/xml' },
        body: minimalXml('As XML'),
      })
    expect((await send('one')).status).toBe(422)
    expect(await (await send(String(one))).text()).toContain('imported')
    expect(await reader(`/collections/${one}`)).toMatchObject({ items: 1 })
  })
})

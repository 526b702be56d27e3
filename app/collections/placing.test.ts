import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonOf, minimal, minimalXml } from '../../test/support/depositor.ts'
import { type Heard, harvester } from '../../test/support/harvester.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { type CollectionJson, type Librarian, librarian } from '../../test/support/librarian.ts'

let kura: Institutions
let id: string
let staff: Librarian

beforeAll(async () => {
  kura = await openInstitutions(['beside', 'deleting', 'importing'])
})
afterAll(() => kura.close())

async function at(index: number) {
  id = kura.ids[index] as string
  staff = await librarian(kura, id)
}

describe('what lies in collections', () => {
  it('is written to the search index anew when it changes', async () => {
    await at(0)
    const number = await staff.item('indexed')
    await kura.settle()
    const { db } = kura.tenant(id)
    const entries = () => db.selectFrom('search_document').select('item').where('item', '=', number).execute()
    await db.deleteFrom('search_document').where('item', '=', number).execute()
    const collection = await staff.make('indexed')
    await staff.put(number, collection)
    await kura.settle()
    expect(await entries()).toHaveLength(1)
    await db.deleteFrom('search_document').where('item', '=', number).execute()
    await staff.api(`/collections/${collection}?items=leave`, 'DELETE')
    await kura.settle()
    expect(await entries()).toHaveLength(1)
  })

  it('and the tree change beside each other', async () => {
    const [bulletin, branch] = [await staff.make('busy', { kind: 'contents' }), await staff.make('branch')]
    const { headings } = await jsonOf<CollectionJson>(
      staff.change(bulletin, { headings: [{ name: { ja: 'a' } }, { name: { ja: 'b' } }] }),
    )
    const turned = headings.toReversed()
    const rounds = Array.from({ length: 12 }, async (_, round) => {
      const line = { source: `busy${round % 3}`, record: minimal(`busy ${round}`, { pageStart: `${round}` }) }
      const [outcome] = await staff.lines({
        ...line,
        collections: [{ collection: bulletin, heading: headings[0]?.id }],
      })
      const answers = await Promise.all([
        staff.change(bulletin, {
          parent: round % 2 ? branch : null,
          public: round % 3 > 0,
          headings: round % 2 ? headings : turned,
        }),
        staff.put(outcome?.item.number as number, bulletin),
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
    await at(1)
    const top = await staff.make('top')
    const below = await staff.make('below', { parent: top })
    await staff.put(await staff.item('in it'), below)
    expect((await deleting(top, '?items=leave')).status).toBe(409)
    const refused = await deleting(below)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('1 items lie in collection')
    expect((await deleting(below, '?items=leave')).status).toBe(204)
    expect((await deleting(top)).status).toBe(204)
    expect((await deleting(top)).status).toBe(404)
  })

  it('lets items leave it: harvested without it, or deleted where the others are not harvested', async () => {
    const [open, closed] = [await staff.make('open'), await staff.make('closed', { harvested: false })]
    const [alone, elsewhere] = [await staff.item('alone'), await staff.item('elsewhere')]
    await staff.put(alone, open)
    await staff.put(elsewhere, open, closed)
    expect(await heardOf(elsewhere)).toMatchObject({ deleted: false, sets: [String(open)] })
    expect((await deleting(open, '?items=leave')).status).toBe(204)
    expect(await heardOf(alone)).toMatchObject({ deleted: false, sets: [] })
    expect(await heardOf(elsewhere)).toMatchObject({ deleted: true })
  })

  it('never gives its id to another', async () => {
    const last = await staff.make('last')
    expect((await deleting(last)).status).toBe(204)
    expect(await staff.make('next')).toBeGreaterThan(last)
  })
})

describe('an import', () => {
  it('puts a record into collections, and leaves it where it lies when it says nothing of them', async () => {
    await at(2)
    const one = await staff.make('one')
    const bulletin = await staff.make('bulletin', { kind: 'contents', headings: [{ name: { ja: '論文' } }] })
    const [heading] = (await jsonOf<CollectionJson>(staff.api(`/collections/${bulletin}`))).headings
    const placing = { collection: bulletin, heading: heading?.id }
    const number = await staff.item('placed', { collections: [one, placing] })
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
    const one = await staff.make('set')
    const number = await staff.item('in a set', { collections: [one] })
    const identifier = `oai:${id}.example:${String(number).padStart(8, '0')}`
    const { heard } = await harvester(kura, id).ask({ verb: 'GetRecord', metadataPrefix: 'jpcoar', identifier })
    expect(heard).toMatchObject([{ sets: [String(one)] }])
  })

  it('waits for a change of the tree that is under way, if it names collections', async () => {
    const one = await staff.make('waited for')
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
    const placing = staff.item('with collections', { collections: [one] }).then(() => {
      placed = true
    })
    await staff.item('without collections')
    await staff.item('another without')
    expect(placed).toBe(false)
    changed.resolve()
    await Promise.all([change, placing])
    expect(await staff.read(`/collections/${one}`)).toMatchObject({ items: 1 })
  })

  it('rejects a record whose collection or heading is not there, and takes those beside it', async () => {
    const one = await staff.make('one more')
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
    const one = await staff.make('for XML')
    const token = await kura.token(id, 'import')
    const send = (collections: string) =>
      kura.request(id, `/api/v1/imports?source=x.xml&collections=${collections}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/xml' },
        body: minimalXml('As XML'),
      })
    expect((await send('one')).status).toBe(422)
    expect(await (await send(String(one))).text()).toContain('imported')
    expect(await staff.read(`/collections/${one}`)).toMatchObject({ items: 1 })
  })
})

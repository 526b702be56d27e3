import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { createLog } from './logs.ts'
import { createOutbox } from './outbox.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['outbox'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

const found = async (words: string) =>
  (await kura.tenant(id).search.search({ words, statuses: ['public'], size: 10 })).total.value
const left = () => kura.tenant(id).db.selectFrom('outbox').select(['attempts', 'due']).execute()

describe('the outbox', () => {
  it('makes a publication findable at once', async () => {
    await staff.lines({ source: 'quick', record: minimal('Quicksilver') })
    await expect.poll(() => found('quicksilver'), { timeout: 1_000, interval: 20 }).toBe(1)
    await kura.settle()
    expect(await left()).toEqual([])
  })

  it('keeps work that failed, tries it again later, and writes the state of then', async () => {
    await kura.asSuperuser(id, 'alter table search_document rename to mislaid')
    const [first] = await staff.lines({ source: 'late', record: minimal('Latecomer') })
    await staff.lines({ source: 'late', record: minimal('Latecomer changed') })
    await kura.settle()
    expect(first?.status).toBe('imported')
    const [row] = await left()
    expect(row?.attempts).toBeGreaterThan(0)
    expect(row?.due.getTime()).toBeGreaterThan(Date.now())

    await kura.asSuperuser(id, 'alter table mislaid rename to search_document')
    await kura.asSuperuser(id, 'update outbox set due = now()')
    await kura.round(id)
    expect(await left()).toEqual([])
    expect(await found('latecomer changed')).toBe(1)
  })

  it('does not let work that fails keep other work from being done', async () => {
    const [bad, good] = await staff.lines(
      { source: 'bad', record: minimal('Bad') },
      { source: 'good', record: minimal('Good') },
    )
    await kura.settle()
    const tenant = kura.tenant(id)
    const items = [bad?.item.number as number, good?.item.number as number]
    await tenant.db
      .insertInto('outbox')
      .values(items.map((item) => ({ work: 'index', item, revision: 1 })))
      .execute()
    const done: number[] = []
    const outbox = createOutbox(
      {
        index: async (_, items) => {
          if (items.includes(bad?.item.number as number)) throw new Error('cannot be done')
          done.push(...items)
        },
        publish: async () => {},
        extract: async () => {},
      },
      createLog('test', 'silent'),
    )
    await outbox.drain(tenant)
    expect(done).toEqual([good?.item.number])
    expect((await left()).length).toBe(1)
    await kura.asSuperuser(id, 'delete from outbox')
  })

  it('is worked off in batches, also when it has just grown and the database does not know yet', async () => {
    const [outcome] = await staff.lines({ source: 'many', record: minimal('Many') })
    await kura.settle()
    const { db } = kura.tenant(id)
    await kura.asSuperuser(id, 'analyze outbox')
    const item = outcome?.item.number as number
    const values = Array.from({ length: 2_000 }, () => ({ work: 'publish' as const, item, revision: 1 }))
    await db.insertInto('outbox').values(values).execute()
    let batches = 0
    const publish = async () => {
      batches++
    }
    await createOutbox({ index: async () => {}, publish, extract: async () => {} }, createLog('test', 'silent')).drain(
      kura.tenant(id),
    )
    expect(await left()).toEqual([])
    expect(batches).toBe(40)
  })

  it('never finds a work that was withdrawn', async () => {
    const [outcome] = await staff.lines({ source: 'gone', record: minimal('Gonehome') })
    await staff.api(`/items/${outcome?.item.number}/withdrawal`, 'POST', { reason: 'x' })
    await kura.settle()
    expect(await found('gonehome')).toBe(0)
  })
})

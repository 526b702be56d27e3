import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { ToldScanner } from '../../test/support/told-scanner.ts'
import type { Tenant } from '../tenancy/index.ts'
import { admitFiles } from './admit.ts'
import { scanAgain } from './index.ts'
import { turnContents } from './turn.ts'

let kura: Institutions
let tenant: Tenant
let staff: Depositor
const scanner = new ToldScanner()
beforeAll(async () => {
  kura = await openInstitutions(['scans'], undefined, {}, undefined, scanner)
  const [id] = kura.ids as [string]
  tenant = kura.tenant(id)
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
beforeEach(() => {
  scanner.gone = false
})
afterAll(() => kura.close())

let items = 0
async function bring(content: string): Promise<number> {
  const name = `item${items++}`
  const [outcome] = await staff.zip({ [`${name}.xml`]: minimalXml(name), [`${name}/a.txt`]: content })
  await kura.settle()
  return outcome?.item.number as number
}
const scanOf = async (item: number) =>
  (await jsonOf<{ files: { scan: string }[] }>(staff.api(`/items/${item}`))).files[0]?.scan
const dues = async () => {
  const { rows } = await sql<{ item: number; seconds: number }>`
    select item, round(extract(epoch from due - now()))::integer as seconds from outbox
    where work = 'scan' order by due, item`.execute(tenant.db)
  return rows
}
async function scanNow() {
  await sql`update outbox set due = now()`.execute(tenant.db)
  tenant.handOn()
  await kura.settle()
}

describe('scans', () => {
  it('give no verdict while a restoration keeps its places in the feed, and give it afterwards', async () => {
    await sql`insert into restoration (bag, keeps_datestamps) values ('x', true)`.execute(tenant.db)
    const item = await bring('restored')
    expect(await scanOf(item)).toBe('waiting')
    await scanNow()
    expect([await scanOf(item), await dues()]).toEqual(['waiting', [{ item, seconds: 60 }]])
    await sql`delete from restoration`.execute(tenant.db)
    await scanNow()
    expect([await scanOf(item), await dues()]).toEqual(['clean', []])
  })

  it('of what nobody waits for are spread, and keep nothing that waits from its turn', async () => {
    const known = [await bring('one'), await bring('two')] as const
    scanner.gone = true
    const waiting = await bring('three')
    await sql`delete from outbox`.execute(tenant.db)
    const count = await scanAgain(tenant)
    const left = await dues()
    expect(left).toHaveLength(count)
    expect(left[0]).toEqual({ item: waiting, seconds: 0 })
    const places = left.map(({ item }) => item)
    expect(places.indexOf(known[1])).toBeGreaterThan(places.indexOf(known[0]))
    expect(left.slice(1).map(({ seconds }) => seconds)).toEqual(left.slice(1).map((_, index) => index + 1))
    expect(await scanAgain(tenant)).toBe(0)
    scanner.gone = false
    await scanNow()
    expect(await dues()).toEqual([])
    expect(await scanOf(waiting)).toBe('clean')
  })

  it('are told of an item that takes the same contents at the same moment', async () => {
    const content = 'taken twice'
    const [first, second] = [await bring(content), await bring('another')]
    const { rows } = await sql<{ sha256: Buffer }>`select sha256 from file where item = ${first}`.execute(tenant.db)
    const { sha256 } = rows[0] as { sha256: Buffer }
    const judge = () =>
      tenant.db.transaction().execute((tx) => turnContents(tx, sha256, () => ({ state: 'infected', finding: 'x' })))

    const { promise: taken, resolve: take } = Promise.withResolvers<void>()
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const taking = tenant.db.transaction().execute(async (tx) => {
      await sql`update file set sha256 = ${sha256} where item = ${second}`.execute(tx)
      await admitFiles(tx, tenant, second, 1)
      take()
      await ended
    })
    await taken
    const judged = judge()
    const waits = async () =>
      (
        await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          tenant.db,
        )
      ).rows.length
    await expect.poll(waits).toBe(1)
    end()
    await taking
    await expect(judged).rejects.toThrow('Another item')
    await judge()
    await kura.settle()
    expect([await scanOf(first), await scanOf(second)]).toEqual(['infected', 'infected'])
  })
})

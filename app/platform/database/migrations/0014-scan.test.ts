import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { depositor, minimalXml } from '../../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../../test/support/institutions.ts'
import { ToldScanner } from '../../../../test/support/told-scanner.ts'
import { databaseName } from '../../../tenancy/index.ts'
import { up } from './0014-scan.ts'

let kura: Institutions
let id: string
const scanner = new ToldScanner()
beforeAll(async () => {
  kura = await openInstitutions(['unscanned'], undefined, {}, undefined, scanner)
  id = kura.ids[0] as string
})
afterAll(() => kura.close())

it('goes on handing out what was there, and has it looked at', async () => {
  const staff = depositor(kura, id, await kura.token(id, 'import'))
  const [filed] = await staff.zip({ 'a.xml': minimalXml('With files'), 'a/a.txt': 'words', 'a/b.txt': 'a virus' })
  await kura.settle()
  scanner.tell('a virus', 'infected')

  const { host, port, superuser: user, password } = inject('postgres')
  const pool = new pg.Pool({ host, port, user, password, database: databaseName(id), max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const { rows } = await sql<{
    owner: string
  }>`select tableowner as owner from pg_tables where tablename = 'scan'`.execute(db)
  await db.transaction().execute(async (tx) => {
    await sql`drop table scan`.execute(tx)
    await sql`drop index file_sha256, outbox_prompt, outbox_scan`.execute(tx)
    await sql`set local role ${sql.ref(rows[0]?.owner ?? '')}`.execute(tx)
    await up(tx)
  })
  await db.destroy()
  const status = async (name: string) => (await kura.request(id, `/items/${filed?.item.number}/files/${name}`)).status
  expect([await status('a.txt'), await status('b.txt')]).toEqual([200, 200])
  // The worker's first round after the upgrade.
  await kura.round(id)
  await sql`update outbox set due = now()`.execute(kura.tenant(id).db)
  kura.tenant(id).handOn()
  await kura.settle()
  expect([await status('a.txt'), await status('b.txt')]).toEqual([200, 404])
})

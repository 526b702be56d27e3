import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { depositor, minimalXml } from '../../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../../test/support/institutions.ts'
import { databaseName } from '../../../tenancy/index.ts'
import { up } from './0003-file-text.ts'

let kura: Institutions
let id: string
beforeAll(async () => {
  kura = await openInstitutions(['before'])
  id = kura.ids[0] as string
})
afterAll(() => kura.close())

it('leaves items that had files before to be read, but not at once', async () => {
  const staff = depositor(kura, id, await kura.token(id, 'import'))
  const [filed] = await staff.zip({ 'a.xml': minimalXml('With a file'), 'a/a.txt': 'words' })
  await staff.zip({ 'b.xml': minimalXml('Without') })
  await kura.settle()

  const { host, port, superuser: user, password } = inject('postgres')
  const pool = new pg.Pool({ host, port, user, password, database: databaseName(id), max: 1 })
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
  })
  const left = await db
    .transaction()
    .execute(async (tx) => {
      // As it was: undone at the end, so that nothing of it is kept.
      await sql`drop table file_text cascade`.execute(tx)
      await sql`drop index outbox_quick, outbox_slow`.execute(tx)
      await up(tx)
      throw (await sql`select work, item, due from outbox`.execute(tx)).rows
    })
    .catch((thrown) => thrown)
  await db.destroy()
  expect(left).toEqual([{ work: 'extract', item: filed?.item.number, due: expect.any(Date) }])
  expect(left[0].due.getTime()).toBeGreaterThan(Date.now() + 60_000)
})

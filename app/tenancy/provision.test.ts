import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'
import { provision } from './provision.ts'
import { databaseName } from './schema.ts'

let kura: Institutions
beforeAll(async () => {
  kura = await openInstitutions(['first', 'second'])
})
afterAll(() => kura.close())

const run = () => provision(loadConfig(kura.folder), createLog('test', 'silent'))

describe('provisioning', () => {
  it('can be repeated, and run several times at once, without changing anything more', async () => {
    expect(await run()).toEqual([])
    expect(await Promise.all([run(), run(), run()])).toEqual([[], [], []])
    for (const id of kura.ids) expect((await kura.request(id, '/')).status).toBe(200)
  })

  it('seeds settings once: what the institution changed stays', async () => {
    const { db, settings } = kura.tenant(kura.ids[0] as string)
    const changed = { ...(await settings()), contact: 'changed@first.example' }
    await db
      .updateTable('settings')
      .set({ value: JSON.stringify(changed) })
      .execute()
    await run()
    const { value } = await db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
    expect(value.contact).toBe('changed@first.example')
  })

  it('takes over a changed password', async () => {
    const [, id] = kura.ids as [string, string]
    await writeFile(join(kura.folder, 'secrets/tenants', id), 'a new password')
    await kura.tenant(id).db.destroy()
    await run()
    const again = await openConnection(id)
    expect(again).toBe('a new password')
  })

  it("lets into an institution's database who may read all data, and else its own role alone", async () => {
    const [first, second] = kura.ids as [string, string]
    const { rows } = await sql<{ reader: boolean; stranger: boolean }>`select
        has_database_privilege('pg_read_all_data', current_database(), 'connect') as reader,
        has_database_privilege(${databaseName(second)}, current_database(), 'connect') as stranger`.execute(
      kura.tenant(first).db,
    )
    expect(rows).toEqual([{ reader: true, stranger: false }])
  })

  it('records an institution that fails, and makes the others ready', async () => {
    const [first, second] = kura.ids as [string, string]
    await rm(join(kura.folder, 'secrets/tenants', first))
    expect(await run()).toEqual([first])
    expect(await kura.provisioningOf(first)).toMatchObject({
      succeeded: false,
      message: expect.stringContaining('ENOENT'),
    })
    expect(await kura.provisioningOf(second)).toMatchObject({ succeeded: true, message: null })
  })
})

/** The password with which a connection of an institution's role can be made now. */
async function openConnection(id: string): Promise<string | undefined> {
  for (const password of [`password-of-${id}`, 'a new password']) {
    try {
      await kura.connectAs(id, id, password)
      return password
    } catch {}
  }
  return undefined
}

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { composeParts } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'
import { provision } from './provision.ts'
import { databaseName } from './schema.ts'
import { loginName, type Tenant } from './tenant.ts'

const log = createLog('test', 'silent')
let kura: Institutions
let [rotated, upgraded] = ['', '']
beforeAll(async () => {
  kura = await openInstitutions(['rotated', 'upgraded'])
  ;[rotated, upgraded] = kura.ids as [string, string]
})
afterAll(() => kura.close())

/** What a deployment with other passwords does: the mounted files change, and a pod's first container provisions. */
async function rotate(login: 'a' | 'b', password: string) {
  const file = join(kura.folder, 'kura.json')
  const config = JSON.parse(await readFile(file, 'utf8'))
  config.database.login = login
  await writeFile(file, JSON.stringify(config))
  for (const id of kura.ids) await writeFile(join(kura.folder, 'secrets/tenants', id), `${password}-of-${id}`)
  expect(await provision(loadConfig(kura.folder), log)).toEqual([])
}

/** A process that starts now. */
function startProcess() {
  const { directory, outbox, connections } = composeParts(loadConfig(kura.folder), log)
  return {
    connections,
    tenant: directory.byId(rotated) as Tenant,
    async end() {
      await outbox.end()
      await Promise.all(directory.tenants.map(({ db }) => db.destroy()))
    },
  }
}

/** Works with rows over three connections at once, and says as whom. */
async function work({ db }: Tenant): Promise<string> {
  const asked = sql<{ user: string }>`select current_user as user, pg_sleep(0.2) from settings`
  const answers = await Promise.all([1, 2, 3].map(() => asked.execute(db)))
  await db.updateTable('settings').set({ single: true }).execute()
  return answers[0]?.rows[0]?.user ?? ''
}

async function validity(role: string): Promise<number> {
  const said = await kura.asSuperuser<{ until: string | null }>(
    rotated,
    `select rolvaliduntil::text as until from pg_roles where rolname = '${role}'`,
  )
  return said[0]?.until === 'infinity' ? Number.POSITIVE_INFINITY : Date.parse(said[0]?.until ?? '')
}

const enters = (id: string, password: string, user: string) =>
  kura.connectAs(id, id, password, user).then(
    () => true,
    () => false,
  )

describe('a rotation of passwords', () => {
  it('shuts out no process that is at work, and the next one ends the password before', async () => {
    const before = startProcess()
    expect(await work(before.tenant)).toBe(loginName(rotated, 'a'))
    expect(before.connections.open).toBe(3)

    await rotate('b', 'second')
    const after = startProcess()
    expect(await work(after.tenant)).toBe(loginName(rotated, 'b'))
    // The process of the configuration before has connections, and opens others.
    expect(await work(before.tenant)).toBe(loginName(rotated, 'a'))
    await kura.asSuperuser(
      rotated,
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${loginName(rotated, 'a')}'`,
    )
    await expect.poll(() => before.connections.open).toBe(0)
    expect(await work(before.tenant)).toBe(loginName(rotated, 'a'))
    await before.end()

    const limit = await validity(loginName(rotated, 'a'))
    expect(limit).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    expect(limit).toBeLessThanOrEqual(Date.now() + 24 * 3_600_000)
    await rotate('b', 'second')
    expect(await validity(loginName(rotated, 'a'))).toBe(limit)

    await rotate('a', 'third')
    expect(await enters(rotated, `password-of-${rotated}`, loginName(rotated, 'a'))).toBe(false)
    expect(await enters(rotated, `third-of-${rotated}`, loginName(rotated, 'a'))).toBe(true)
    expect(await enters(rotated, `second-of-${rotated}`, loginName(rotated, 'b'))).toBe(true)
    expect(await validity(loginName(rotated, 'a'))).toBe(Number.POSITIVE_INFINITY)
    expect(await work(after.tenant)).toBe(loginName(rotated, 'b'))
    await after.end()
  })

  it('leaves both logins what they may, and no more', async () => {
    for (const [login, password] of [
      ['a', 'third'],
      ['b', 'second'],
    ] as const) {
      const user = loginName(rotated, login)
      await expect(kura.connectAs(rotated, upgraded, `${password}-of-${rotated}`, user)).rejects.toThrow(/permission/)
      await expect(
        kura.connectAs(rotated, rotated, `${password}-of-${rotated}`, user, 'create table mine ()'),
      ).rejects.toThrow(/permission/)
    }
  })
})

describe('an institution that was entered by its own role', () => {
  it('is entered by a login from now on, and for a day by that role as well', async () => {
    const role = databaseName(upgraded)
    await kura.asSuperuser(
      upgraded,
      `drop role ${loginName(upgraded, 'a')}, ${loginName(upgraded, 'b')}; alter role ${role} login password 'before'`,
    )
    await rotate('a', 'after')
    expect(await enters(upgraded, 'before', role)).toBe(true)
    expect(await enters(upgraded, `after-of-${upgraded}`, loginName(upgraded, 'a'))).toBe(true)
    expect(await validity(role)).toBeLessThanOrEqual(Date.now() + 24 * 3_600_000)
    // Processes that the server has refused read their password anew.
    const status = async () => (await kura.request(upgraded, '/')).status
    await expect.poll(status, { interval: 500, timeout: 8_000 }).toBe(200)
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { createApp } from '../app.ts'
import { composeParts, objectStores } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { createLog } from '../platform/logs.ts'
import { createMetrics } from '../platform/metrics.ts'
import { provision } from './provision.ts'
import { purge } from './purge.ts'
import type { TenantConfig } from './schema.ts'
import { databaseName } from './schema.ts'

const log = createLog('test', 'silent')
let kura: Institutions
let [leaving, staying, killed] = ['', '', '']
beforeAll(async () => {
  kura = await openInstitutions(['leaving', 'staying', 'killed'])
  ;[leaving, staying, killed] = kura.ids as [string, string, string]
  for (const id of kura.ids) {
    const staff = depositor(kura, id, await kura.token(id, 'import'))
    await staff.zip({ 'a.xml': minimalXml('A heron'), 'a/a.txt': 'words' })
    // A file that is still being sent.
    await mkdir(uploads(id), { recursive: true })
    await writeFile(join(uploads(id), 'part'), 'wor')
  }
  await kura.settle()
})
afterAll(() => kura.close())

/** Where parts of an institution's files wait. */
const uploads = (id: string) => join(kura.folder, 'scratch/uploads', id)

async function change(id: string, changes: Partial<TenantConfig>) {
  const file = join(kura.folder, `tenants/${id}.json`)
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...changes }))
}

const run = (moment: string) => {
  const config = loadConfig(kura.folder)
  return purge(config, objectStores(config, log), { now: () => new Date(moment) }, log)
}

/** What the server and the folders have of an institution. */
async function left(id: string): Promise<string[]> {
  const name = databaseName(id)
  const rows = await kura.inControl<{ name: string }>(
    `select 'database ' || datname as name from pg_database where datname = '${name}'
     union all select 'role ' || rolname from pg_roles where rolname in ('${name}', '${name}__a', '${name}__b')
     order by 1`,
  )
  const folders = [
    ['objects', join(kura.folder, 'objects', id)],
    ['uploads', uploads(id)],
  ] as const
  return [...rows.map((row) => row.name), ...folders.flatMap(([name, path]) => (existsSync(path) ? [name] : []))]
}
const whole = (id: string) => [
  `database ${databaseName(id)}`,
  `role ${databaseName(id)}`,
  `role ${databaseName(id)}__a`,
  'objects',
  'uploads',
]

describe('a purge', () => {
  it('comes on its day where the institution is, and not before', async () => {
    await change(leaving, { state: 'closed', purge: '2027-04-01' })
    expect(await run('2027-03-31T14:59:59Z')).toEqual([])
    expect(await left(leaving)).toEqual(whole(leaving))
    expect(await provision(loadConfig(kura.folder), log)).toEqual([])

    expect(await run('2027-03-31T15:00:00Z')).toEqual([])
    expect(await left(leaving)).toEqual([])
    expect(await kura.provisioningOf(leaving)).toMatchObject({
      purge_began_at: expect.any(Date),
      purged_at: expect.any(Date),
    })
  })

  it('takes nothing of another institution along', async () => {
    expect(await left(staying)).toEqual(whole(staying))
    const answer = await kura.request(staying, '/items/1/files/a.txt')
    expect([answer.status, await answer.text()]).toEqual([200, 'words'])
  })

  it('changes nothing when it is run again', async () => {
    const record = await kura.provisioningOf(leaving)
    expect(await run('2027-04-02T00:00:00Z')).toEqual([])
    expect(await kura.provisioningOf(leaving)).toEqual(record)
  })

  it('is not undone by provisioning, which says so of one that is to be open again', async () => {
    expect(await provision(loadConfig(kura.folder), log)).toEqual([])
    expect(await left(leaving)).toEqual([])

    await change(leaving, { state: 'open', purge: undefined as never })
    expect(await provision(loadConfig(kura.folder), log)).toEqual([leaving])
    expect(await kura.provisioningOf(leaving)).toMatchObject({
      succeeded: false,
      message: expect.stringMatching(/^was purged on .* choose another one$/),
    })
    expect(await left(leaving)).toEqual([])
    await change(leaving, { state: 'closed', purge: '2027-04-01' })
  })

  it('ends whole when it is run again after it was broken off, wherever that was', async () => {
    await change(killed, { state: 'closed', purge: '2026-01-01' })
    const config = loadConfig(kura.folder)
    const broken = objectStores(config, log)
    const failing = (id: string) => ({ ...broken(id), deleteAll: () => Promise.reject(new Error('out of reach')) })
    expect(await purge(config, failing, { now: () => new Date() }, log)).toEqual([killed])
    // Half purged is not made whole again.
    expect(await provision(config, log)).toEqual([])

    for (const ms of [350, 450, 550, 650]) {
      const child = start()
      await sleep(ms)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    const [code] = await once(start(), 'exit')
    expect(code).toBe(0)
    expect(await left(killed)).toEqual([])
    expect(await kura.provisioningOf(killed)).toMatchObject({ purged_at: expect.any(Date) })
    expect(await left(staying)).toEqual(whole(staying))
  })
})

describe('a purged institution', () => {
  it('answers as the closed one that it is, and no worker looks after it', async () => {
    const config = loadConfig(kura.folder)
    const { directory, outbox, connections, caches } = composeParts(config, log)
    const app = createApp({ caches, directory, log, metrics: createMetrics(connections, caches), web: config.web })
    const answer = await app.request(`https://${killed}.example/`, { headers: { host: `${killed}.example` } })
    expect(answer.status).toBe(410)
    expect(directory.byId(killed)?.purged).toBe(true)
    expect(directory.byId(staying)?.purged).toBe(false)
    await outbox.end()
  })
})

const start = () =>
  spawn(process.execPath, ['--enable-source-maps', '--import', './app/platform/tsx.ts', 'app/main.ts', 'purge'], {
    env: { ...process.env, KURA_CONFIG: kura.folder },
    stdio: 'ignore',
  })

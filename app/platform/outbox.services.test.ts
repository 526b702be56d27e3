import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Rabbitmq, startRabbitmq } from '../../test/services/rabbitmq.ts'
import { depositor, minimal } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { composeParts } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { createLog } from './logs.ts'

let server: Rabbitmq
let kura: Institutions

beforeAll(async () => {
  ;[server, kura] = await Promise.all([startRabbitmq(), openInstitutions(['queued', 'moved'])])
  const file = join(kura.folder, 'kura.json')
  const queue = { kind: 'rabbitmq', url: server.url, user: server.user }
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), queue }))
  await copyFile(server.passwordFile, join(kura.folder, 'secrets/queue'))
})
afterAll(() => Promise.all([kura.close(), server.close()]))

it('is worked off by the worker that the web process tells, and not for an institution that has moved', async () => {
  const log = createLog('test', 'silent')
  const config = loadConfig(kura.folder)
  const [queued, moved] = kura.ids as [string, string]
  const web = composeParts(config, log)
  // The cell's worker, after a roll without the one that has moved.
  const worker = composeParts({ ...config, tenants: config.tenants.filter(({ id }) => id === queued) }, log)
  const left = async (id: string) => (await kura.tenant(id).db.selectFrom('outbox').select('id').execute()).length
  try {
    for (const id of kura.ids) {
      await depositor(kura, id, await kura.token(id, 'import')).lines({ source: 'a', record: minimal('A') })
      await kura.settle()
      await kura.tenant(id).db.insertInto('outbox').values({ work: 'index', item: 1, revision: 1 }).execute()
      const tenant = web.directory.byId(id)
      tenant?.handOn()
    }
    await expect.poll(() => web.outbox.counts.sent, { timeout: 10_000 }).toBe(4)
    expect([await left(queued), await left(moved)]).toEqual([1, 1])
    expect(web.outbox.counts.handled).toBe(0)

    worker.outbox.receive()
    await expect.poll(() => left(queued), { timeout: 10_000 }).toBe(0)
    await expect.poll(() => worker.outbox.counts.handled, { timeout: 10_000 }).toBe(4)
    expect(await left(moved)).toBe(1)
    // Where it is served now, a round finds it.
    await kura.round(moved)
    expect(await left(moved)).toBe(0)

    const times: number[] = []
    for (let i = 0; i < 40; i++) {
      await kura.tenant(queued).db.insertInto('outbox').values({ work: 'index', item: 1, revision: 1 }).execute()
      const began = performance.now()
      web.directory.byId(queued)?.handOn()
      while ((await left(queued)) > 0);
      times.push(performance.now() - began)
    }
    times.sort((a, b) => a - b)
    console.log(`worked off after p50 ${times[20]?.toFixed(1)} ms, p95 ${times[38]?.toFixed(1)} ms`)
  } finally {
    await web.outbox.end()
    await worker.outbox.end()
    for (const { directory } of [web, worker]) for (const { db } of directory.tenants) await db.destroy()
  }
})

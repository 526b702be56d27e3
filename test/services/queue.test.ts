import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../tools/ports.ts'
import { depositor, minimal, type Outcome } from '../support/depositor.ts'
import { behind } from '../support/index-state.ts'
import { type Institutions, openInstitutions } from '../support/institutions.ts'
import { type Rabbitmq, startRabbitmq } from './rabbitmq.ts'

/** Real workers on a real RabbitMQ, either of which is ended for real in the middle of its work. */

const run = promisify(execFile)
const PROGRAM = ['--enable-source-maps', '--import', './app/platform/tsx.ts']

let server: Rabbitmq
let kura: Institutions
const running = new Set<ChildProcess>()

beforeAll(async () => {
  server = await startRabbitmq()
  kura = await openInstitutions(['streamed', 'taken-over', 'poisoned'], () => ({}), {}, server.services)
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await kura.close()
  await server.close()
})

const idOf = (name: string) => kura.ids.find((id) => id.startsWith(name)) as string
const staffOf = async (id: string) => depositor(kura, id, await kura.token(id, 'import'))
const records = (from: number, to: number, title = 'Record') =>
  Array.from({ length: to - from }, (_, i) => ({ source: `${from + i}`, record: minimal(`${title} ${from + i}`) }))
const NOTHING = { items: [], work: 0 }

let workers = 0
/** A worker of the cell, which has been round all institutions once and goes round no more. */
async function startWorker() {
  const folder = join(kura.folder, `workers/${workers++}`)
  for (const part of ['kura.json', 'tenants', 'secrets'])
    await cp(join(kura.folder, part), join(folder, part), { recursive: true })
  const port = await freePort('127.0.0.1')
  const file = join(folder, 'kura.json')
  const config = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...config, internal: { ...config.internal, port }, worker: { sweep: 3_600 } }))
  const child = spawn(process.execPath, [...PROGRAM, 'app/main.ts', 'worker'], {
    env: { ...process.env, KURA_CONFIG: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const metrics = () =>
    fetch(`http://127.0.0.1:${port}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    )
  await expect
    .poll(async () => (await metrics()).match(/^kura_outbox_age_seconds\{/gm)?.length, { timeout: 30_000 })
    .toBe(kura.ids.length)
  return {
    /** Turns that it has taken. */
    handled: async () => Number(/outcome="handled"\} (\d+)/.exec(await metrics())?.[1]),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async stop() {
      child.kill('SIGTERM')
      return await once(child, 'exit')
    },
  }
}

describe('work that goes over RabbitMQ', () => {
  it('is done for every item, to its last revision, though the server is killed in the middle', async () => {
    const id = idOf('streamed')
    const staff = await staffOf(id)
    const worker = await startWorker()
    const outcomes: Outcome[] = []
    const enough = new AbortController()
    let batches = 0
    const importing = (async () => {
      for (; !enough.signal.aborted; batches++) {
        const from = batches * 10
        // Each batch changes what the one before has brought.
        outcomes.push(...(await staff.lines(...records(from, from + 10), ...records(from - 10, from, 'Changed'))))
      }
    })()
    await expect.poll(() => worker.handled(), { timeout: 20_000 }).toBeGreaterThan(5)
    await server.kill()
    const then = batches
    await expect.poll(() => batches, { timeout: 20_000 }).toBeGreaterThan(then + 3)
    enough.abort()
    await importing
    // From now on nobody sends anything: what was not taken before must come by itself.
    await server.start()

    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    const { db } = kura.tenant(id)
    await expect.poll(() => behind({ db }), { timeout: 60_000 }).toEqual(NOTHING)
    const items = await db.selectFrom('item').select(['source', 'revision']).execute()
    expect(items).toHaveLength(batches * 10 + 10)
    expect(new Set(items.map(({ revision }) => revision))).toEqual(new Set([1, 2]))
    expect(await worker.stop()).toEqual([0, null])
  })

  it('is taken over when a worker is killed in the middle of a turn', async () => {
    const id = idOf('taken-over')
    const { db } = kura.tenant(id)
    await (await staffOf(id)).lines(...records(0, 20))
    const first = await startWorker()
    await expect.poll(() => behind({ db }), { timeout: 20_000 }).toEqual(NOTHING)
    await sql`update search_document set revision = 0`.execute(db)

    // The index takes nothing while somebody else has it.
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: locked, resolve: lock } = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async (tx) => {
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
      await sql`lock table search_document in exclusive mode`.execute(tx)
      lock()
      await released
    })
    await locked
    await sql`insert into outbox (work, item, revision) select 'index', number, revision from item`.execute(db)
    kura.tenant(id).handOn()
    const untaken = async () => (await db.selectFrom('outbox').select('id').where('attempts', '=', 0).execute()).length
    await expect.poll(untaken, { timeout: 20_000 }).toBe(0)

    // To the round of the second, there is nothing to do: what has been claimed is left alone for a minute.
    const second = await startWorker()
    const before = await second.handled()
    await sql`update outbox set due = now()`.execute(db)
    await first.kill()
    release()
    await holding
    await expect.poll(() => behind({ db }), { timeout: 60_000 }).toEqual(NOTHING)
    await expect.poll(() => second.handled()).toBeGreaterThan(before)
    expect(await second.stop()).toEqual([0, null])
  })

  it('is shown and sent again by "kura queue", once it can be done', async () => {
    const id = idOf('poisoned')
    const { db } = kura.tenant(id)
    await (await staffOf(id)).lines(...records(0, 1))
    const worker = await startWorker()
    await expect.poll(() => behind({ db }), { timeout: 20_000 }).toEqual(NOTHING)
    await db.insertInto('outbox').values({ work: 'publish', item: 1, revision: 1 }).execute()
    await kura.asSuperuser(id, 'alter table outbox rename to mislaid')
    await server.limit({ 'delivery-limit': 1 })
    kura.tenant(id).handOn()

    const empty = [
      { queue: 'kura.test.quick', messages: 0, consumers: 1 },
      { queue: 'kura.test.scan', messages: 0, consumers: 1 },
      { queue: 'kura.test.slow', messages: 0, consumers: 1 },
    ]
    await expect
      .poll(() => queue('list'), { timeout: 60_000, interval: 500 })
      .toEqual([...empty, { queue: 'kura.test.dead', messages: 3, consumers: 0 }])
    const dead = ['quick', 'scan', 'slow'].map((pace) => ({
      queue: `kura.test.${pace}`,
      reason: 'delivery_limit',
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      tenant: id,
      body: JSON.stringify({ tenant: id }),
    }))
    const inOrder = (lines: { queue: string }[]) => lines.toSorted((a, b) => a.queue.localeCompare(b.queue))
    expect(inOrder(await queue('dead'))).toEqual(dead)
    expect(await queue('dead', '--limit', '1')).toHaveLength(1)
    await expect(queue('dead', '--limit', 'all')).rejects.toMatchObject({
      code: 1,
      stderr: '"all" is not a number of messages\n',
    })

    await kura.asSuperuser(id, 'alter table mislaid rename to outbox')
    expect(inOrder(await queue('replay'))).toEqual(dead.map((letter) => ({ ...letter, replayed: true })))
    await expect.poll(() => behind({ db }), { timeout: 20_000 }).toEqual(NOTHING)
    await expect
      .poll(() => queue('list'), { timeout: 20_000 })
      .toEqual([...empty, { queue: 'kura.test.dead', messages: 0, consumers: 0 }])
    await worker.stop()

    await server.kill()
    await expect(queue('list')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^RabbitMQ cannot be asked: .*ECONNREFUSED.*\n$/),
    })
  })
})

/** What `kura queue` prints, as an operator runs it. */
async function queue(...args: string[]) {
  const { stdout } = await run(process.execPath, [...PROGRAM, 'app/cli/kura.ts', 'queue', ...args], {
    env: { ...process.env, KURA_CONFIG: kura.folder },
  })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

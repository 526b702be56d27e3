import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { freePort } from '../../../tools/ports.ts'
import { behind } from '../../support/index-state.ts'
import type { Institutions } from '../../support/institutions.ts'
import { type Writers, write } from './writers.ts'

/** What comes, comes within a minute, on a slow machine too. */
export const PATIENT = { timeout: 60_000, interval: 50 }
/** People at work at a time. */
const PEOPLE = 4

/** People who work with an institution by the processes that pods run. */
export interface Work {
  writers: Writers
  /** Lets them end, and finds everything as they were told: nothing lost, nothing twice, nobody without an answer. */
  check(): Promise<void>
  end(): Promise<void>
}

/** Begins the work; whoever `token` is made for may write items. */
export async function startWork(kura: Institutions, id: string, token: string): Promise<Work> {
  await using running = new AsyncDisposableStack()

  const run = async (command: 'web' | 'worker'): Promise<number> => {
    const folder = join(kura.folder, command)
    for (const part of ['kura.json', 'tenants', 'secrets'])
      await cp(join(kura.folder, part), join(folder, part), { recursive: true })
    const file = join(folder, 'kura.json')
    const config = JSON.parse(await readFile(file, 'utf8'))
    config.web.port = await freePort('127.0.0.1')
    config.internal.port = await freePort('127.0.0.1')
    config.worker.sweep = 1
    await writeFile(file, JSON.stringify(config))
    const child = spawn(process.execPath, ['--import', './app/platform/tsx.ts', 'app/main.ts', command], {
      env: { ...process.env, KURA_CONFIG: folder },
      stdio: 'ignore',
    })
    running.defer(() => kill(child))
    await vi.waitFor(
      async () => expect((await fetch(`http://127.0.0.1:${config.internal.port}/readyz`)).status).toBe(200),
      PATIENT,
    )
    return config.web.port
  }

  const port = await run('web')
  await run('worker')
  const writers = write({ port, host: `${id}.example`, token }, PEOPLE)
  const all = running.move()
  return {
    writers,
    async check() {
      await writers.stop()
      expect(writers.wrong).toEqual([])
      const { db } = kura.tenant(id)
      await expect.poll(() => behind(kura.tenant(id)), { timeout: 60_000 }).toEqual({ items: [], work: 0 })
      const rows = await db
        .selectFrom('item')
        .select(['number', 'status', 'revision', 'record'])
        .where('number', 'in', [...writers.acknowledged.keys()])
        .execute()
      const titleOf = ({ record }: { record: unknown }) =>
        (record as { titles: { value: string }[] } | null)?.titles[0]?.value
      console.log(`${rows.length} items`)
      for (const [number, { title, revision, deleted }] of writers.acknowledged) {
        const row = rows.find((row) => row.number === number)
        expect(row, title).toBeDefined()
        if (!row) continue
        if (deleted) expect(row.status, title).toBe('deleted')
        else expect([titleOf(row), row.revision, row.status]).toEqual([title, revision, 'public'])
      }
      const all = await db
        .selectFrom('item')
        .select(['number', 'record', 'status'])
        .where('status', '=', 'public')
        .execute()
      const titles = all.map(titleOf).filter((title) => title?.startsWith('Tide'))
      expect(new Set(titles).size).toBe(titles.length)
      const feed = await db.selectFrom('publication').select(['item', 'seq']).execute()
      expect(new Set(feed.map(({ item }) => item)).size).toBe(feed.length)
      expect(new Set(feed.map(({ seq }) => seq)).size).toBe(feed.length)
    },
    async end() {
      writers.abandon()
      await all.disposeAsync()
    },
  }
}

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../../app/cli/local.ts'
import { freePort } from '../../tools/ports.ts'
import type { Kura } from '../setup/kura.ts'
import { answerTimes, percentiles, seconds } from './measure.ts'
import { say } from './run.ts'
import type { Row } from './table.ts'

/** Institutions that one process serves, one after the other. */
const COUNTS = [3, 100, 664]
/** Institutions that are read while the others are idle. */
const ACTIVE = 3
/** Requests to each of them. */
const REQUESTS = 100
/** How often every institution is visited, to see that memory does not grow with use: it has to settle. */
const ROUNDS = 40
/** Milliseconds between two of them. */
const PAUSE = 2_000
/** Milliseconds after which the process has given back what it no longer needs: idle connections go after 10 s. */
const REST = 15_000

/** Figures of one process that serves few and many institutions, next to the servers of an instance that runs. */
export async function* figuresOfMany(kura: Kura): AsyncGenerator<Row> {
  const folder = join(kura.state, 'many')
  const ports = { web: await freePort('127.0.0.1'), internal: await freePort('127.0.0.1') }
  await configure(kura, folder, Math.max(...COUNTS), ports)
  say(`${Math.max(...COUNTS)} institutions are provisioned`)
  const provisioning = await seconds(() => run('provision', folder).then(ended))
  yield { what: `provisioning ${Math.max(...COUNTS)} institutions, s`, measured: provisioning.toFixed(0) }

  const idle: number[] = []
  for (const count of COUNTS) {
    await keep(folder, count)
    let web: ChildProcess | undefined
    const start = await seconds(async () => {
      web = await run('web', folder)
      await ready(ports.internal, web)
    })
    try {
      const ids = namesOf(count)
      const used: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        for (const id of ids) await answerTimes([`http://${id}.localhost:${ports.web}/`], 'text/html')
        await sleep(round === ROUNDS - 1 ? REST : PAUSE)
        used.push((await metrics(ports.internal)).memory)
      }
      const [first, half, last] = [0, ROUNDS / 2, ROUNDS - 1].map((round) => used[round]) as [number, number, number]
      idle.push(last)
      const pages = ids
        .slice(0, ACTIVE)
        .flatMap((id) => Array.from({ length: REQUESTS }, () => `http://${id}.localhost:${ports.web}/`))
      const times = await answerTimes(pages, 'text/html')
      const { connections } = await metrics(ports.internal)
      yield {
        what: `${count} institutions: start s/MiB after 1, ${ROUNDS / 2}, ${ROUNDS} visits each/connections/home ms p50/p95`,
        measured: `${start.toFixed(1)}/${first}, ${half}, ${last}/${connections}/${percentiles(times, 50, 95)}`,
      }
    } finally {
      web?.kill()
      if (web) await ended(web)
    }
  }
  const [few = 0, many = 0] = [idle[0], idle.at(-1)]
  const further = (many - few) / ((COUNTS.at(-1) as number) - (COUNTS[0] as number))
  yield { what: 'a further idle institution, MiB', measured: further.toFixed(2), limit: '≤ 1' }
}

const namesOf = (count: number) => Array.from({ length: count }, (_, i) => `many-${i + 1}`)

/** The configuration of an instance's own pods, with other institutions. */
async function configure(
  kura: Kura,
  folder: string,
  count: number,
  { web, internal }: { web: number; internal: number },
) {
  const declared = join(kura.state, 'run/kita/provision/etc/kura')
  await cp(declared, folder, { recursive: true, dereference: true })
  const cell = JSON.parse(await readFile(join(folder, 'kura.json'), 'utf8'))
  const settings = { ...cell, web: { ...cell.web, port: web }, internal: { ...cell.internal, port: internal } }
  await writeFile(join(folder, 'kura.json'), JSON.stringify(settings))
  const like = JSON.parse(await readFile(join(declared, 'tenants/hidamari.json'), 'utf8'))
  for (const part of ['tenants', 'secrets/tenants']) {
    await rm(join(folder, part), { recursive: true })
    await mkdir(join(folder, part))
  }
  for (const id of namesOf(count)) {
    const tenant = { ...like, id, hosts: [`${id}.localhost`], url: `http://${id}.localhost:${web}` }
    await writeFile(join(folder, 'tenants', `${id}.json`), JSON.stringify(tenant))
    await writeFile(join(folder, 'secrets/tenants', id), randomBytes(16).toString('hex'))
  }
  await cp(join(folder, 'tenants'), join(folder, 'all'), { recursive: true })
}

/** Leaves the first so many institutions in the configuration. */
async function keep(folder: string, count: number) {
  await rm(join(folder, 'tenants'), { recursive: true })
  await mkdir(join(folder, 'tenants'))
  for (const id of namesOf(count)) await cp(join(folder, 'all', `${id}.json`), join(folder, 'tenants', `${id}.json`))
}

async function run(command: string, folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', './app/platform/tsx.ts', 'app/main.ts', command], {
    cwd: root,
    env: { ...process.env, KURA_CONFIG: folder },
    stdio: 'ignore',
  })
  await once(child, 'spawn')
  return child
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  if (child.exitCode !== 0) throw new Error(`${child.spawnargs.at(-1)} ended with code ${child.exitCode}`)
}

async function ready(internal: number, web: ChildProcess): Promise<void> {
  while (web.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${internal}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(20)
  }
  throw new Error(`web ended with code ${web.exitCode}`)
}

async function metrics(internal: number): Promise<{ memory: number; connections: number }> {
  const text = await (await fetch(`http://127.0.0.1:${internal}/metrics`)).text()
  const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
  const open = Number(/^kura_database_connections\{state="open"\} (\d+)$/m.exec(text)?.[1])
  return { memory: Math.round(bytes / 2 ** 20), connections: open }
}

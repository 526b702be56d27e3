import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { root } from '../../app/cli/local.ts'

/** A connection to an institution's database, past the application. */
export async function connect(state: string, tenant: string): Promise<pg.Client> {
  const folder = join(state, 'postgres')
  // The fourth line of its file is the port (PostgreSQL's miscadmin.h).
  const port = Number((await readFile(join(folder, 'data/postmaster.pid'), 'utf8')).split('\n')[3])
  const password = await readFile(join(folder, 'password'), 'utf8')
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: `kura_${tenant}` })
  await client.connect()
  return client
}

/** MiB that processes hold which run with these configurations. */
export async function memory(...configurations: string[]): Promise<number[]> {
  const bytes = await Promise.all(configurations.map((folder) => metric(folder, 'process_resident_memory_bytes')))
  return bytes.map((held) => Math.round(held / 2 ** 20))
}

/** Seconds for which a process has had a processor since it began. */
export const cpuSeconds = (configuration: string): Promise<number> => metric(configuration, 'process_cpu_seconds_total')

/** What a process says of itself that runs with this configuration. */
async function metric(folder: string, name: string): Promise<number> {
  const { internal } = z
    .object({ internal: z.object({ port: z.int() }) })
    .parse(JSON.parse(await readFile(join(folder, 'kura.json'), 'utf8')))
  const metrics = await (await fetch(`http://127.0.0.1:${internal.port}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1])
}

/** Runs a command of `kura` as in a pod. */
export async function runKura(configuration: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, ['--import', './app/platform/tsx.ts', 'app/cli/kura.ts', ...args], {
    cwd: root,
    env: { ...process.env, KURA_CONFIG: configuration },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`kura ${args.join(' ')} ended with code ${code}`)
}

/** What a program of an instance mounts that `npm start` runs. */
export const configuration = (state: string, program: string) => join(state, 'run/kita', program, 'etc/kura')

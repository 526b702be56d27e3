import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { root } from '../../app/cli/local.ts'
import type { Kura } from '../setup/kura.ts'

/** A connection to an institution's database, past the application. */
export async function connect({ state }: Kura, tenant: string): Promise<pg.Client> {
  const folder = join(state, 'postgres')
  // The fourth line of its file is the port (PostgreSQL's miscadmin.h).
  const port = Number((await readFile(join(folder, 'data/postmaster.pid'), 'utf8')).split('\n')[3])
  const password = await readFile(join(folder, 'password'), 'utf8')
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: `kura_${tenant}` })
  await client.connect()
  return client
}

/** MiB that the web and the worker process hold. */
export async function memory(kura: Kura): Promise<number[]> {
  return await Promise.all(
    ['web', 'worker'].map(async (program) => {
      const { internal } = z
        .object({ internal: z.object({ port: z.int() }) })
        .parse(JSON.parse(await readFile(join(configuration(kura, program), 'kura.json'), 'utf8')))
      const metrics = await (await fetch(`http://127.0.0.1:${internal.port}/metrics`)).text()
      const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1])
      return Math.round(bytes / 2 ** 20)
    }),
  )
}

/** Runs a command of `kura` as in a pod, with the web process's configuration. */
export async function runKura(kura: Kura, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, ['--import', './app/platform/tsx.ts', 'app/cli/kura.ts', ...args], {
    cwd: root,
    env: { ...process.env, KURA_CONFIG: configuration(kura, 'web') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`kura ${args.join(' ')} ended with code ${code}`)
}

const configuration = ({ state }: Kura, program: string) => join(state, 'run/kita', program, 'etc/kura')

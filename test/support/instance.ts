import type { Local } from '../../app/cli/local.ts'
import type { CellMounts, Container } from '../../tools/evaluate/mounts.ts'
import { freePort } from '../../tools/ports.ts'
import type { Postgres } from '../../tools/postgres/index.ts'
import { declaredCells } from '../../tools/start/declared.ts'
import { type Embedded, embedded } from '../../tools/start/embed.ts'
import { runInstance } from '../../tools/start/instance.ts'
import { whenReady } from '../../tools/start/ports.ts'
import { openState } from '../../tools/start/state.ts'
import type { Services } from './configuration.ts'

/** Services that an instance runs on, where they are not what `npm start` embeds, and what stands before it. */
interface On {
  /** PostgreSQL, as its superuser reaches it. */
  postgres: Omit<Postgres, 'stop'>
  /** How the application reaches it. */
  database: Embedded['database']
  services?: Services
  /** Environment of its processes. */
  environment?: Record<string, string>
  /** Starts what readers meet on one port, and what hands on to the web process on the other. */
  front?: (port: number, web: number) => Promise<void>
}

/** What `npm start` runs, with its examples, on services of a test's own. */
export interface Instance {
  local: Local
  /** Port of the web process itself, behind what stands before it. */
  port: number
  /** Bytes that the web process holds in buffers, besides its own objects. */
  buffered(): Promise<number>
  /** Ends the web process as a crash does. */
  killWeb(): Promise<void>
  startWeb(): Promise<void>
  end(): Promise<void>
}

export async function startInstance(
  folder: string,
  { services = { config: {}, secrets: {} }, environment = {}, front, ...on }: On,
): Promise<Instance> {
  await using running = new AsyncDisposableStack()
  const state = openState(folder)
  running.defer(() => state.release())
  const never = new AbortController().signal
  const port = await freePort('127.0.0.1')
  const behind = front ? await freePort('127.0.0.1') : port
  const cells = await declaredCells('dev', (_, length) => 'x'.repeat(length))
  for (const cell of cells) equip(cell, services.secrets, environment)
  const { local, web } = await runInstance(running, {
    ...on,
    services: { ...embedded(state.objects), ...services.config },
    cells,
    state,
    port,
    front: front && { web: behind, start: () => front(port, behind) },
    stop: never,
    hurry: never,
    say: () => {},
  })
  let serving = web.process
  const all = running.move()
  return {
    local,
    port: behind,
    async buffered() {
      const metrics = await (await fetch(web.readiness.replace('/readyz', '/metrics'))).text()
      return Number(/^nodejs_external_memory_bytes (\S+)$/m.exec(metrics)?.[1])
    },
    killWeb: () => serving.stop(AbortSignal.abort()),
    async startWeb() {
      serving = web.start()
      await whenReady(web.readiness)
    },
    end: () => all.disposeAsync(),
  }
}

/** Gives a cell's containers the secrets of a test's services in the place of the declared ones, and an environment. */
function equip({ web, worker, provision }: CellMounts, secrets: Services['secrets'], environment: Container['env']) {
  for (const { env, mounts } of [web, worker, provision]) {
    Object.assign(env, environment)
    for (const { files } of mounts)
      for (const [name, secret] of Object.entries(secrets)) {
        const file = files[`secrets/${name}`]
        if (file) files[`secrets/${name}`] = { ...file, content: Buffer.from(secret) }
      }
  }
}

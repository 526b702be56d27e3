import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Local } from '../../app/cli/local.ts'
import { type CellConfig, loadConfig } from '../../app/config.ts'
import { freePort } from '../../tools/ports.ts'
import { makeControl, startPostgres } from '../../tools/postgres/index.ts'
import { configure, declaredCells, type Role } from '../../tools/start/declared.ts'
import { loadExamples } from '../../tools/start/examples.ts'
import { whenReady } from '../../tools/start/ports.ts'
import { failure, launch, type Process, type Program } from '../../tools/start/processes.ts'
import { keptSecrets } from '../../tools/start/secrets.ts'
import { adminToken } from '../../tools/start/tokens.ts'
import { temporaryFolder } from '../setup/folder.ts'
import type { Services } from '../support/institutions.ts'

const HOST = '127.0.0.1'

interface KuraArgs {
  services: Services
  /** Environment of its processes. */
  environment?: Record<string, string>
  /** Starts what readers meet on one port, and what passes them on to the application on the other. */
  front: (port: number, application: number) => Promise<unknown>
}

/** The verification stack's institutions with their examples, on real services and behind what is declared before it. */
export interface RunningKura {
  /** Addresses of the institutions, as readers have them, with a token each. */
  local: Local
  /** Where the application itself listens, behind what stands before it. */
  application: number
  /** Bytes that the web process holds in buffers, besides its own objects. */
  memory(): Promise<number>
  /** Ends the web process as a crash does. */
  killWeb(): Promise<void>
  startWeb(): Promise<void>
  close(): Promise<void>
}

/** Runs what the definition declares as `npm start` does, but for the services and for what stands before it. */
export async function runKura({ services, environment = {}, front }: KuraArgs): Promise<RunningKura> {
  const running = new AsyncDisposableStack()
  try {
    const { folder, remove } = await temporaryFolder()
    running.defer(remove)
    const file = (name: string) => join(folder, name)
    const [port, application] = [await freePort(HOST), await freePort(HOST)]
    const cells = await declaredCells('dev', keptSecrets(file('secrets.json')))
    const postgres = await startPostgres({ folder: file('postgres'), log: file('postgres.log'), durable: false })
    running.defer(() => postgres.stop())

    const configured = async (role: Role) => {
      const machine = {
        database: { host: postgres.host, port: postgres.port, tls: false },
        objects: file('objects'),
        scratch: file('scratch'),
        web: port,
      }
      const made = await configure(role, cells, file('run'), machine)
      const folders = made.config.split(':')
      for (const each of folders) await serveWith(each, services, application)
      const [first] = made.programs as [Program]
      const env = { ...first.env, ...environment, KURA_CONFIG: made.config }
      return { ...made, program: { ...first, env } }
    }
    const provision = await configured('provision')
    const web = await configured('web')
    const worker = await configured('worker')
    const { database, tenants, provisionerPasswordFile } = loadConfig(provision.config)
    await makeControl(postgres, {
      provisioner: database.provisioner,
      password: await readFile(provisionerPasswordFile, 'utf8'),
      database: database.control,
    })
    const { code } = await launch(provision.program, file('provision.log')).ended
    if (code !== 0) throw failure('No institution could be provisioned', file('provision.log'))

    const atOnce = AbortSignal.abort()
    let serving: Process | undefined
    running.defer(() => serving?.stop(atOnce))
    const startWeb = async () => {
      serving = launch(web.program, file('web.log'))
      const ended = serving.ended.then(({ how }) => {
        throw failure(`The web process ended by itself (${how})`, file('web.log'))
      })
      await Promise.race([whenReady(web.readiness), ended])
      // From now on it may end.
      ended.catch(() => {})
    }
    await startWeb()
    const working = launch(worker.program, file('worker.log'))
    running.defer(() => working.stop(atOnce))
    await front(port, application)

    const local: Local = { url: `http://localhost:${port}`, tenants: {} }
    for (const { id, url } of tenants) {
      const token = await adminToken({ id, url }, undefined, web.config)
      local.tenants[id] = { url, adminToken: token }
      const loaded = await loadExamples(id, { url, token }, file('examples.json'))
      if (loaded?.rejected.length) throw new Error(`examples of ${id} were rejected: ${loaded.rejected.join('; ')}`)
    }
    return {
      local,
      application,
      async memory() {
        const metrics = await (await fetch(web.readiness.replace('/readyz', '/metrics'))).text()
        return Number(/^nodejs_external_memory_bytes (\S+)$/m.exec(metrics)?.[1])
      },
      killWeb: async () => await serving?.stop(atOnce),
      startWeb,
      close: () => running.disposeAsync(),
    }
  } catch (error) {
    await running.disposeAsync()
    throw error
  }
}

/** Gives a mounted configuration the services of a test, and a port behind what stands before the application. */
async function serveWith(folder: string, { config, secrets }: Services, port: number) {
  const file = join(folder, 'kura.json')
  const declared: CellConfig = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...declared, ...config, web: { ...declared.web, port, proxies: 1 } }))
  for (const [name, secret] of Object.entries(secrets)) {
    const path = join(folder, 'secrets', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, secret)
  }
}

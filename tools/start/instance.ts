import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Local, readLocal } from '../../app/cli/local.ts'
import { PlainError } from '../../app/cli/plain-error.ts'
import { type ConfiguredTenant, loadConfig } from '../../app/config.ts'
import type { CellMounts } from '../evaluate/mounts.ts'
import { type Interruption, until } from '../interruption.ts'
import { makeControl, type Postgres } from '../postgres/index.ts'
import { configure } from './declared.ts'
import type { Embedded } from './embed.ts'
import { loadExamples } from './examples.ts'
import { whenReady } from './ports.ts'
import { asCommand, failure, launch, type Process, type Program } from './processes.ts'
import { type State, writePrivate } from './state.ts'
import { adminToken } from './tokens.ts'

interface Parts extends Interruption {
  cells: CellMounts[]
  state: State
  /** The server, as its superuser reaches it. */
  postgres: Omit<Postgres, 'stop'>
  /** How the application reaches it. */
  database: Embedded['database']
  /** What else it uses. */
  services: Embedded['services']
  /** Where institutions are served. */
  port: number
  /** What stands there before the web process, which then listens on a port of its own. */
  front?: { web: number; start(): Promise<void> } | undefined
  say(text: string): void
}

/** What runs: its institutions, how tools find it, and a promise that is broken when it ends by itself. */
interface Instance {
  tenants: ConfiguredTenant[]
  local: Local
  /** The web process that serves, how to start another, and where one says that it is ready. */
  web: { process: Process; start(): Process; readiness: string }
  ended: Promise<never>
}

/**
 * Provisions what cells declare, runs it and loads the examples: done when all of it serves. What it starts ends with
 * `running`.
 *
 * @throws PlainError if it cannot be run.
 */
export async function runInstance(
  running: AsyncDisposableStack,
  { cells, state, postgres, database, services, port, front, stop, hurry, say }: Parts,
): Promise<Instance> {
  const log = (name: string) => join(state.logs, `${name}.log`)
  const processes: Process[] = []
  running.defer(async () => {
    await Promise.all(processes.map((process) => process.stop(hurry)))
  })
  const started = (program: Program, name: string): Process => {
    const process = launch(program, log(name))
    processes.push(process)
    return process
  }

  const machine = {
    database,
    services,
    scratch: state.scratch,
    port,
    web: front ? { port: front.web, proxies: 1 } : { port, proxies: 0 },
  }
  const web = await configure('web', cells, state.run, machine)
  const worker = await configure('worker', cells, state.run, machine)
  const provision = await configure('provision', cells, state.run, machine)
  const { database: declared, tenants, provisionerPasswordFile } = loadConfig(provision.config)

  say(`provisioning ${tenants.length} institutions in ${cells.length} cells`)
  await makeControl(postgres, {
    provisioner: declared.provisioner,
    password: readFileSync(provisionerPasswordFile, 'utf8'),
    database: declared.control,
  })
  for (const program of provision.programs) {
    const { code } = await until(stop, started(program, 'provision').ended)
    if (code !== 0) throw failure('No institution of a cell could be provisioned', log('provision'))
  }

  say('starting the web and the worker process')
  const startWeb = () => started(oneForAll(web), 'web')
  const webProcess = startWeb()
  const webEnded = webProcess.ended.then(({ how }): never => {
    throw failure(`The web process ended by itself (${how})`, log('web'))
  })
  const workerProcess = started(oneForAll(worker), 'worker')
  workerProcess.ended.then(({ how }) => {
    if (running.disposed) return
    say(`the worker process ended (${how}), all else goes on; its log is ${log('worker')}. To start it again:`)
    console.log(asCommand(oneForAll(worker)))
  })
  await until(stop, Promise.race([whenReady(web.readiness), webEnded]))
  await front?.start()

  // One institution's trouble is its own here too: it is told, and the others go on.
  const unlessRefused = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await until(stop, work)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      say(error.message)
      return undefined
    }
  }
  const known = readLocal(state.folder)?.tenants
  const local: Local = { url: `http://localhost:${port}`, tenants: {} }
  for (const { id, url } of tenants) {
    const token = await unlessRefused(adminToken({ id, url }, known?.[id]?.adminToken, web.config))
    if (token) local.tenants[id] = { url, adminToken: token }
  }
  writePrivate(state.local, local)
  for (const [id, { url, adminToken: token }] of Object.entries(local.tenants)) {
    const loaded = await unlessRefused(loadExamples(id, { url, token }, state.examples))
    if (loaded) say(`loaded the examples of ${id}: ${loaded.records} records, ${loaded.rejected.length} rejected`)
    for (const reasons of loaded?.rejected ?? []) console.log(`            ${reasons}`)
  }
  const serving = { process: webProcess, start: startWeb, readiness: web.readiness }
  return { tenants, local, web: serving, ended: webEnded }
}

/** One process can serve all cells: the first one's declaration with the configuration of every one. */
function oneForAll({ programs, config }: { programs: Program[]; config: string }): Program {
  const [first] = programs
  if (!first) throw new PlainError('The stack declares no cell.')
  return { ...first, env: { ...first.env, KURA_CONFIG: config } }
}

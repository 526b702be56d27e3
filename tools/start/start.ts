import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Local, readLocal, stateFolder } from '../../app/cli/local.ts'
import { PlainError } from '../../app/cli/plain-error.ts'
import { loadConfig } from '../../app/config.ts'
import { aborted, type Interruption, until, watchForInterruption } from '../interruption.ts'
import { makeControl, startPostgres } from '../postgres/index.ts'
import { configure, declaredCells } from './declared.ts'
import { loadExamples } from './examples.ts'
import { guide } from './guide.ts'
import { choosePort, whenReady } from './ports.ts'
import { asCommand, failure, launch, type Process, type Program } from './processes.ts'
import { keptSecrets } from './secrets.ts'
import { openState, writePrivate } from './state.ts'
import { adminToken } from './tokens.ts'

/** The stack that is meant for trying things out. */
const STACK = 'dev'

/** `npm start`: what the definition declares, on this machine, until someone asks for its end. */
async function start({ stop, hurry }: Interruption): Promise<void> {
  await using running = new AsyncDisposableStack()
  const folder = stateFolder()
  const state = openState(folder)
  running.defer(() => state.release())
  const port = await choosePort()
  const log = (name: string) => join(state.logs, `${name}.log`)

  say(`evaluating the platform (stack ${STACK})`)
  const cells = await until(stop, declaredCells(STACK, keptSecrets(state.secrets)))

  say('starting PostgreSQL')
  const postgres = await startPostgres({ folder: state.postgres, log: log('postgres'), durable: true })
  running.defer(() => postgres.stop())
  const processes: Process[] = []
  running.defer(async () => {
    await Promise.all(processes.map((process) => process.stop(hurry)))
  })
  const started = (program: Program, name: string): Process => {
    const process = launch(program, log(name))
    processes.push(process)
    return process
  }

  const services = {
    database: { host: postgres.host, port: postgres.port },
    objects: state.objects,
    scratch: state.scratch,
    web: port,
  }
  const web = await configure('web', cells, state.run, services)
  const worker = await configure('worker', cells, state.run, services)
  const provision = await configure('provision', cells, state.run, services)
  const { database, tenants, provisionerPasswordFile } = loadConfig(provision.config)

  say(`provisioning ${tenants.length} institutions in ${cells.length} cells`)
  await makeControl(postgres, {
    provisioner: database.provisioner,
    password: readFileSync(provisionerPasswordFile, 'utf8'),
    database: database.control,
  })
  for (const program of provision.programs) {
    const { code } = await until(stop, started(program, 'provision').ended)
    if (code !== 0) throw failure('No institution of a cell could be provisioned', log('provision'))
  }

  say('starting the web and the worker process')
  const webProcess = started(oneForAll(web), 'web')
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
  const known = readLocal(folder)?.tenants
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

  say('everything runs')
  console.log(guide(tenants, state))
  await Promise.race([aborted(stop), webEnded])
}

/** One process can serve all cells: the first one's declaration with the configuration of every one. */
function oneForAll({ programs, config }: { programs: Program[]; config: string }): Program {
  const [first] = programs
  if (!first) throw new PlainError(`The stack ${STACK} declares no cell.`)
  return { ...first, env: { ...first.env, KURA_CONFIG: config } }
}

function say(text: string) {
  console.log(`${process.uptime().toFixed(1).padStart(6)} s  ${text}`)
}

// Whoever reads along may be gone by the time everything is to end: a closed terminal, a pipe to `head`.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
const interruption = watchForInterruption()
interruption.stop.addEventListener('abort', () => say('ending'))
try {
  await start(interruption)
} catch (error) {
  if (!interruption.stop.aborted) {
    console.error(error instanceof PlainError ? error.message : error)
    process.exitCode = 1
  }
}
if (interruption.stop.aborted) say('ended')
process.exit()

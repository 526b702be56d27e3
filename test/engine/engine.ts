import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse, stringify } from 'yaml'
import { Secret } from '../../tools/evaluate/index.ts'
import { programs } from '../programs/index.ts'
import { needPackages } from '../services/packages.ts'
import { Inventory } from './stand-ins/inventory.ts'
import type { Cloud } from './stand-ins/main.ts'

const ROOT = join(import.meta.dirname, '../..')
const PROVIDERS = ['kubernetes', 'oci', 'random', 'tls']

/** What everything secret in the state is encrypted by. */
const PASSPHRASE = 'a passphrase of tests'

/** Without asking, and without looking first. */
const AT_ONCE = ['--yes', '--skip-preview']

/** One step of the engine that did something, or would. */
export interface Change {
  /** `create`, `update`, `delete`, `replace`, `create-replacement`, `delete-replaced` ... */
  op: string
  urn: string
  type: string
  name: string
  /** Inputs that differ, and those of them for which the resource is replaced. */
  changed: string[]
  replacing: string[]
}

/** What became of a command. */
export interface Outcome {
  /** Nothing where it was killed. */
  code: number | null
  /** What it printed, to both of its outputs. */
  output: string
  /** In the order in which the engine was done with them. */
  changes: Change[]
  /** URNs of the resources that failed. */
  failed: string[]
  /** What policy packs said. */
  policies: { rule: string; level: string; urn: string; message: string }[]
  seconds: number
}

/** A resource as the state has it. */
export interface Recorded {
  urn: string
  type: string
  id?: string
  custom: boolean
  protect?: boolean
  retainOnDelete?: boolean
  inputs?: Record<string, unknown>
  outputs?: Record<string, unknown>
}

export interface State {
  resources: Recorded[]
  pending_operations: { type: string; resource: Recorded }[]
}

/** A command that is under way. */
export interface Running {
  outcome: Promise<Outcome>
  /** Changes that it is done with by now. */
  changes(): Promise<number>
  /** KILL ends the engine as a crash does; INT as somebody does who presses Ctrl-C. */
  signal(name: 'KILL' | 'INT'): void
}

/** Pulumi's own engine over one stack of this project. */
export interface Engine {
  /**
   * Commands that change nothing, or what they name, with further arguments as their command line has them. Asked for
   * nothing else, an outcome with another code than 0 is an answer, not an error.
   */
  preview(...args: string[]): Promise<Outcome>
  up(...args: string[]): Promise<Outcome>
  refresh(...args: string[]): Promise<Outcome>
  destroy(...args: string[]): Promise<Outcome>
  start(command: 'preview' | 'up' | 'refresh' | 'destroy', ...args: string[]): Promise<Running>
  /** Any other command, such as `cancel`. @throws Error with what it printed, if it fails. */
  run(...args: string[]): Promise<string>
  /** Another program from now on than `infra/index.ts`, by its path in the project. */
  program(path: string): Promise<void>
  /** Settings of the stack from now on: those of its file, with these before them. */
  configure(changes: Record<string, unknown>): Promise<void>
  /** @param options.secrets decrypted, each as a {@link Secret}. */
  state(options?: { secrets: boolean }): Promise<State>
  /** The state is written once, at the end of a command, from now on; or before and after each resource, as it is at first. */
  saveOnce(once: boolean): void
  /** What the stand-ins for Oracle's cloud have made. */
  cloud: Inventory
  /** From now on a request to that cloud, and its answer, is on its way for so many milliseconds at most. */
  distance(latency: number): Promise<void>
  /** Folder of all that a run leaves behind: `state`, `events` and what was printed, `work` with the stack's settings. */
  folder: string
  /** Ends what is still running. */
  stop(): Promise<void>
}

/**
 * @param options.folder an empty one, for all that the engine and the stand-ins leave behind.
 * @param options.changes settings that go before those of the stack's file, by their names below the project's.
 * @param options.kubeconfig file that leads to the cluster, where there is one.
 * @param options.backend where the state lies, as `pulumi login` takes it; by default in the folder.
 * @param options.env environment of the engine besides.
 */
export async function startEngine(options: {
  folder: string
  stack: string
  changes?: Record<string, unknown>
  kubeconfig?: string
  backend?: string
  env?: Record<string, string>
}): Promise<Engine> {
  const { folder, stack, changes = {}, kubeconfig, backend, env: more } = options
  await needPackages('openssl')
  const pulumi = join(await programs('pulumi'), 'pulumi')
  const place = (name: string) => join(folder, name)
  for (const name of ['state', 'events', 'cloud', 'bin']) await mkdir(place(name), { recursive: true })
  await layOut(folder)
  const env = {
    PATH: `${place('bin')}:${process.env.PATH}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    PULUMI_HOME: place('home'),
    // Without the attributes of files, which lie beside them and are not written at once: half of them, when the engine
    // is killed, and it reads no state any more. A bucket has none.
    PULUMI_BACKEND_URL: backend ?? `file://${place('state')}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PULUMI_EXPERIMENTAL: 'true',
    // Without it there is no `--event-log`.
    PULUMI_DEBUG_COMMANDS: 'true',
    ...more,
  }

  let savedOnce = false
  const sessions = new Set<number>()
  const launch = async (args: string[]): Promise<ChildProcess> => {
    // A session of its own, by which all of its processes are known; it ends with the tests, however these end.
    const child = spawn('setpriv', ['--pdeathsig=KILL', pulumi, ...args, '--non-interactive', '--color=never'], {
      cwd: place('work'),
      env: { ...env, PULUMI_SKIP_CHECKPOINTS: String(savedOnce) },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await once(child, 'spawn')
    if (child.pid !== undefined) sessions.add(child.pid)
    return child
  }
  const ended = async (child: ChildProcess) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    const [code] = (await once(child, 'close')) as [number | null]
    const session = child.pid ?? 0
    await emptied(session)
    sessions.delete(session)
    return { code, output }
  }

  let count = 0
  const start: Engine['start'] = async (command, ...args) => {
    const events = place(`events/${String(++count).padStart(3, '0')}-${command}.jsonl`)
    // `destroy` looks first: without that it ends all that is not protected, and says afterwards that the rest is.
    const sure = { preview: [], destroy: ['--yes'], up: AT_ONCE, refresh: AT_ONCE }[command]
    const begin = performance.now()
    const child = await launch([command, '--stack', stack, '--event-log', events, ...sure, ...args])
    const outcome = ended(child).then(async (end) => {
      const seconds = (performance.now() - begin) / 1000
      await writeFile(`${events}.txt`, end.output)
      return { ...end, ...told(await said(events)), seconds }
    })
    return {
      outcome,
      changes: async () =>
        told((await said(events)).filter(({ resOutputsEvent }) => !resOutputsEvent?.planning)).changes.length,
      signal: (name) => void child.kill(`SIG${name}`),
    }
  }
  const finish = async (...command: Parameters<Engine['start']>) => await (await start(...command)).outcome
  const run: Engine['run'] = async (...args) => {
    const { code, output } = await ended(await launch([...args, '--stack', stack]))
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')} ended with ${code}: ${output}`)
    return output
  }
  const settings = place(`work/Pulumi.${stack}.yaml`)
  const configure: Engine['configure'] = async (changes) => {
    const given = parse(await readFile(join(ROOT, `Pulumi.${stack}.yaml`), 'utf8'))
    const salted = parse(await readFile(settings, 'utf8').catch(() => '')) ?? {}
    const named = Object.entries(changes).map(([name, value]) => [`kura:${name}`, value])
    const config = { ...given.config, ...Object.fromEntries(named) }
    await writeFile(settings, stringify({ ...given, ...salted, config }))
  }
  const distance: Engine['distance'] = async (latency) => {
    const cloud: Cloud = { latency, ...(kubeconfig === undefined ? {} : { kubeconfig }) }
    await writeFile(place('cloud/cloud.json'), JSON.stringify(cloud))
  }

  await configure(changes)
  await distance(0)
  await run('stack', 'init', '--no-select')
  return {
    preview: (...args) => finish('preview', ...args),
    up: (...args) => finish('up', ...args),
    refresh: (...args) => finish('refresh', ...args),
    destroy: (...args) => finish('destroy', ...args),
    start,
    run,
    program: (path) => writeProject(place('work'), path),
    configure,
    distance,
    saveOnce(once) {
      savedOnce = once
    },
    async state({ secrets } = { secrets: false }) {
      const text = await run('stack', 'export', ...(secrets ? ['--show-secrets'] : []))
      const { deployment } = opened(JSON.parse(text)) as { deployment: Partial<State> }
      return { resources: deployment.resources ?? [], pending_operations: deployment.pending_operations ?? [] }
    },
    cloud: new Inventory(place('cloud')),
    folder,
    async stop() {
      for (const session of sessions)
        for (const pid of await processesOf(session))
          try {
            process.kill(pid, 'SIGKILL')
          } catch (error) {
            // It ended by itself meanwhile.
            if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
          }
    },
  }
}

/** The project as the engine is to see it, with settings of its own, and the programs that it starts. */
async function layOut(folder: string): Promise<void> {
  const work = join(folder, 'work')
  await mkdir(work, { recursive: true })
  await writeProject(work)
  for (const name of ['infra', 'test', 'package.json', 'node_modules'])
    await symlink(join(ROOT, name), join(work, name))

  const script = async (path: string, program: string, ...args: string[]) => {
    const words = [process.execPath, resolve(import.meta.dirname, program), ...args].map((word) => `'${word}'`)
    await writeFile(path, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`)
    await chmod(path, 0o755)
  }
  await script(join(folder, 'bin/pulumi-language-nodejs'), 'language-host.ts')
  for (const name of PROVIDERS) {
    const { version } = createRequire(import.meta.url)(`@pulumi/${name}/package.json`)
    const plugin = join(folder, 'home/plugins', `resource-${name}-v${version}`)
    await mkdir(plugin, { recursive: true })
    await script(join(plugin, `pulumi-resource-${name}`), 'stand-ins/main.ts', name, join(folder, 'cloud'))
  }
}

async function writeProject(work: string, main?: string): Promise<void> {
  const project = parse(await readFile(join(ROOT, 'Pulumi.yaml'), 'utf8'))
  await writeFile(join(work, 'Pulumi.yaml'), stringify({ ...project, ...(main === undefined ? {} : { main }) }))
}

/** Secrets as `pulumi stack export --show-secrets` writes them, out of whatever they are in. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened)
  if (typeof value !== 'object' || value === null) return value
  const { plaintext } = value as { plaintext?: string }
  if (plaintext !== undefined) return new Secret(JSON.parse(plaintext))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]))
}

/** As much of the engine's events as is read here. */
interface Event {
  /** `planning` where it is only looked at, as `destroy` does first. */
  resOutputsEvent?: { metadata: Step; planning?: boolean }
  resOpFailedEvent?: { metadata: Step }
  policyEvent?: { policyName: string; enforcementLevel: string; resourceUrn?: string; message: string }
}

interface Step {
  op: string
  urn: string
  type: string
  diffs?: string[]
  keys?: string[]
}

/** What the engine says on the way, a line each. The last one is not whole where it was killed. */
async function said(file: string): Promise<Event[]> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line))
}

function told(events: Event[]): Pick<Outcome, 'changes' | 'failed' | 'policies'> {
  // A component is told of twice: when it is there, and when it has outputs.
  const steps = new Map(
    events
      .flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? [])
      .map((step) => [`${step.op} ${step.urn}`, step]),
  )
  return {
    changes: [...steps.values()]
      .filter(({ op }) => !['same', 'read', 'refresh'].includes(op))
      .map(({ op, urn, type, diffs = [], keys = [] }) => ({
        ...{ op, urn, type, name: urn.split('::').slice(3).join('::') },
        ...{ changed: diffs, replacing: keys },
      })),
    failed: events.flatMap(({ resOpFailedEvent }) => resOpFailedEvent?.metadata.urn ?? []),
    policies: events
      .flatMap(({ policyEvent }) => policyEvent ?? [])
      .map(({ policyName, enforcementLevel, resourceUrn = '', message }) => ({
        ...{ rule: policyName, level: enforcementLevel, urn: resourceUrn, message },
      })),
  }
}

/** What the engine has started ends a moment after it. */
async function emptied(session: number): Promise<void> {
  while ((await processesOf(session)).length > 0) await sleep(50)
}

async function processesOf(session: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // After the name, which may hold anything: state, parent, group, session.
      const [state, , , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(of) === session && state !== 'Z' ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

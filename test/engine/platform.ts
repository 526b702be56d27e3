import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { evaluate } from '../../tools/evaluate/index.ts'
import { captured } from '../../tools/plan/declared.ts'
import { readPools } from '../../tools/plan/model.ts'
import type { Api } from '../cluster/api.ts'
import { startReady } from '../cluster/loaded.ts'
import { institutions, writeInstitutions } from '../generate/institutions.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { type Engine, type Outcome, startEngine } from './engine.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Everything is deployed, at its full size where that takes its time. */
export const LONG = process.env.KURA_LONG === '1'

/** Institutions in each cell, the most that a cell takes by the settings of production. */
export const PER_CELL = 8

/** Settings by their names below the project's: `pools`, `cells` ... */
export type Settings = Record<string, unknown>

/** A stack of the platform through the real engine, on a real API server with the nodes of its pools. */
export interface Platform extends AsyncDisposable {
  engine: Engine
  api: Api
  /** How many institutions there are from now on: the first so many of the population. */
  resize(count: number): void
  /** Writes the file of an institution that is not there yet. */
  add(institution: { id: string; [field: string]: unknown }): Promise<void>
  /** Changes what the file of an institution says. */
  edit(id: string, changes: Record<string, unknown>): Promise<void>
  /** Changes settings of the stack, from now on. */
  configure(change: (settings: Settings) => Settings): Promise<void>
}

/**
 * @param options.count institutions, eight in a cell; without it those of the stack.
 * @param options.backend where the state lies, as `pulumi login` takes it; by default in a folder.
 * @param options.env environment of the engine besides.
 */
export async function startPlatform(options: {
  stack: string
  count?: number
  backend?: string
  env?: Record<string, string>
}): Promise<Platform> {
  const { stack, count, backend, env = {} } = options
  await using parts = new AsyncDisposableStack()
  const { folder, remove } = await temporaryFolder()
  parts.defer(remove)
  const tenants = join(folder, 'tenants')
  const resize = (to: number) => writeInstitutions(tenants, institutions({ count: to, perCell: PER_CELL }))
  const fileOf = (id: string) => join(tenants, `${id}.yaml`)
  if (count !== undefined) resize(count)
  // Charts cannot be rendered here.
  const always = { operators: 'existing', ...(count === undefined ? {} : { tenants }) }

  const { api, control } = parts.use(await startReady(readPools(captured(await evaluate({ stack, changes: always })))))
  const engine = await startEngine({
    folder: join(folder, 'engine'),
    stack,
    changes: always,
    kubeconfig: control.kubeconfig,
    env,
    ...(backend === undefined ? {} : { backend }),
  })
  parts.defer(() => engine.stop())
  const { config } = parse(await readFile(join(ROOT, `Pulumi.${stack}.yaml`), 'utf8')) as { config: Settings }
  const own = Object.fromEntries(Object.entries(config).map(([name, value]) => [name.replace(/^kura:/, ''), value]))
  let settings: Settings = { ...own, ...always }
  const all = parts.move()
  return {
    engine,
    api,
    resize,
    add: (institution) => writeFile(fileOf(institution.id), stringify(institution)),
    async edit(id, changes) {
      await writeFile(fileOf(id), stringify({ ...parse(await readFile(fileOf(id), 'utf8')), ...changes }))
    },
    async configure(change) {
      settings = { ...settings, ...change(settings) }
      await engine.configure(settings)
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

/** What a command did that had to succeed; else the end of what it said. */
export async function done(outcome: Promise<Outcome>): Promise<Outcome> {
  const reached = await outcome
  if (reached.code !== 0) throw new Error(`it ended with ${reached.code}: ${reached.output.slice(-4_000)}`)
  return reached
}

import { join } from 'node:path'
import { CoreV1Api } from '@kubernetes/client-node'
import { evaluate } from '../../tools/evaluate/index.ts'
import { captured, type Declared } from '../../tools/plan/declared.ts'
import { type Pool, readPools } from '../../tools/plan/model.ts'
import { type Plan, planOf } from '../../tools/plan/plan.ts'
import { institutions, writeInstitutions } from '../generate/institutions.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { Api, forEach } from './api.ts'
import { type ControlPlane, startControlPlane } from './control-plane.ts'
import { addDefinitions } from './definitions.ts'
import { startDoers } from './doers.ts'
import { load } from './load.ts'
import { nodesOf } from './nodes.ts'

/** A stack as it is declared for so many institutions, eight in each cell. */
export async function declare(stack: string, count?: number): Promise<{ declared: Declared; plan: Plan }> {
  await using folder = await disposableFolder()
  const tenants = join(folder.path, 'tenants')
  if (count !== undefined) writeInstitutions(tenants, institutions({ count, perCell: 8 }))
  const evaluation = await evaluate({ stack, changes: count === undefined ? {} : { tenants } })
  return { declared: captured(evaluation), plan: planOf(evaluation) }
}

/** A control plane with nodes, the kinds of others and what stands in for controllers. */
export interface ReadyCluster extends AsyncDisposable {
  control: ControlPlane
  api: Api
  core: CoreV1Api
  /** What it took. */
  seconds: { start: number }
}

/** Starts a control plane for stacks to be put on whose pools these are. */
export async function startReady(pools: Pool[]): Promise<ReadyCluster> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.use(await disposableFolder())
  const began = performance.now()
  const control = await startControlPlane(folder.path)
  parts.defer(() => control.stop())
  const start = (performance.now() - began) / 1000

  const api = new Api(control.config)
  parts.defer(() => api.close())
  const core = new CoreV1Api(api.settings)
  await forEach(nodesOf(pools), async (body) => {
    await core.createNode({ body })
  })
  await addDefinitions(api)
  const doers = startDoers(api)
  parts.defer(() => doers.stop())
  const all = parts.move()
  return { control, api, core, seconds: { start }, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

/** A control plane with the nodes and the objects of a stack. */
export interface LoadedCluster extends ReadyCluster {
  pools: Pool[]
  /** Of the API server, about the stack's objects. */
  warnings: string[]
  /** What it took: to start the control plane, to put the objects there. */
  seconds: { start: number; load: number }
}

/** Starts a control plane, and puts the nodes and the objects of a stack there. */
export async function startLoaded(declared: Declared): Promise<LoadedCluster> {
  const pools = readPools(declared)
  await using parts = new AsyncDisposableStack()
  const ready = parts.use(await startReady(pools))
  const began = performance.now()
  const warnings = await load(ready.api, declared)
  const seconds = { ...ready.seconds, load: (performance.now() - began) / 1000 }
  const all = parts.move()
  return { ...ready, pools, warnings, seconds, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

async function disposableFolder(): Promise<AsyncDisposable & { path: string }> {
  const { folder, remove } = await temporaryFolder()
  return { path: folder, [Symbol.asyncDispose]: remove }
}

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

/** A control plane with the nodes and the objects of a stack. */
export interface LoadedCluster extends AsyncDisposable {
  control: ControlPlane
  api: Api
  core: CoreV1Api
  pools: Pool[]
  /** Of the API server, about the stack's objects. */
  warnings: string[]
  /** What it took. */
  seconds: { start: number; load: number }
}

/** Starts a control plane, and puts the nodes and the objects of a stack there. */
export async function startLoaded(declared: Declared): Promise<LoadedCluster> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.use(await disposableFolder())
  const began = performance.now()
  const control = await startControlPlane(folder.path)
  parts.defer(() => control.stop())
  const started = performance.now()

  const api = new Api(control.config)
  parts.defer(() => api.close())
  const core = new CoreV1Api(api.settings)
  const pools = readPools(declared)
  await forEach(nodesOf(pools), async (body) => {
    await core.createNode({ body })
  })
  await addDefinitions(api)
  const doers = startDoers(api)
  parts.defer(() => doers.stop())
  const warnings = await load(api, declared)
  const seconds = { start: (started - began) / 1000, load: (performance.now() - started) / 1000 }
  const all = parts.move()
  return { control, api, core, pools, warnings, seconds, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

async function disposableFolder(): Promise<AsyncDisposable & { path: string }> {
  const { folder, remove } = await temporaryFolder()
  return { path: folder, [Symbol.asyncDispose]: remove }
}

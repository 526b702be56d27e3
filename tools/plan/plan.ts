import type { Evaluation } from '../evaluate/index.ts'
import { type ConnectionPlan, planConnections } from './connections.ts'
import { type CostPlan, planCost } from './cost.ts'
import { captured } from './declared.ts'
import { type EdgePlan, planEdge } from './edge.ts'
import { type LooseImage, looseImages } from './images.ts'
import { readCells, type Usage } from './institutions.ts'
import { type LimitLine, planLimits } from './limits.ts'
import { countResources, readPools, readWorkloads } from './model.ts'
import { homeless, type PoolPlan, planAddresses, planPools } from './pools.ts'
import { problemsOf } from './problems.ts'
import { planSearch, type SearchPlan } from './search.ts'
import { planStorage, type StoragePlan } from './storage.ts'

/**
 * What a stack takes, and whether it fits: `npm run plan -- <stack> --json` prints this. Fields are added, never
 * renamed or given another meaning; CPU is in thousandths of a vCPU, memory of pods in MiB, all other sizes in GiB.
 */
export interface Plan {
  stack: string
  /** What does not fit, a sentence each. None, if everything does. */
  problems: string[]
  resources: { total: number; parts: { part: string; resources: number }[] }
  institutions: number
  cells: number
  pools: PoolPlan[]
  /** Addresses of the subnets of pods: held ready by the nodes, one more of each pool while it is renewed, and all. */
  podAddresses: { used: number; held: number; all: number }
  search: SearchPlan | null
  connections: ConnectionPlan | null
  storage: StoragePlan
  edge: EdgePlan
  /** Images that lack a digest. */
  images: LooseImage[]
  limits: LimitLine[]
  cost: CostPlan
}

/** Reads everything from what the definition declares; usage alone comes from elsewhere. */
export function planOf(evaluation: Pick<Evaluation, 'stack' | 'resources'>, usage?: Usage): Plan {
  const declared = captured(evaluation)
  const pools = readPools(declared)
  const workloads = readWorkloads(declared)
  const cells = readCells(declared)
  const institutions = cells.flatMap((cell) => cell.institutions)

  const storage = planStorage(declared, { pools, workloads, institutions, usage })
  const edge = planEdge(declared)
  const planned = planPools(
    pools,
    workloads,
    cells.map(({ name }) => name),
  )
  const subnets = new Set(pools.flatMap(({ podSubnets }) => podSubnets))
  const plan: Omit<Plan, 'problems'> = {
    stack: evaluation.stack,
    resources: { total: declared.all.length, parts: countResources(declared) },
    institutions: institutions.length,
    cells: cells.length,
    pools: planned,
    podAddresses: {
      used: planned.reduce((sum, { addresses }) => sum + addresses.used, 0),
      ...planAddresses(
        pools,
        declared
          .of<{ cidrBlock: string }>('oci:Core/subnet:Subnet')
          .filter(({ resource }) => subnets.has(resource.id))
          .map(({ inputs }) => inputs.cidrBlock),
      ),
    },
    search: planSearch(declared, institutions.length, workloads) ?? null,
    connections: planConnections(declared, cells, workloads) ?? null,
    storage,
    edge,
    images: looseImages(),
    limits: planLimits(declared, { pools, storage, edge }),
    cost: planCost(declared, { pools, storage, edge, institutions: institutions.length }),
  }
  return { ...plan, problems: problemsOf(plan, { workloads, homeless: homeless(pools, workloads) }) }
}

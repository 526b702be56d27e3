import { CONNECTS } from '../../infra/pods.ts'
import type { Declared } from './declared.ts'
import type { Cell } from './institutions.ts'
import type { PlannedWorkload } from './model.ts'
import { mebi, quantity } from './quantity.ts'

/** Connections to PostgreSQL: cells' through pgpool-II, all others' past it. */
export interface ConnectionPlan {
  /** Cells' processes, all rolling at once: those that serve, those that come and those that drain. */
  cells: { cells: number; processes: number; each: number; connections: number }
  /** What else connects: `<namespace>/<name>`, its pods while it rolls, and their connections. */
  others: { name: string; pods: number; connections: number }[]
  /** All together, at the primary. */
  used: number
  pgpool: {
    pods: number
    /** Connections that one pod takes. */
    each: number
    free: number
    /** With one pod gone. */
    freeShort: number
  }
  postgresql: {
    max: number
    free: number
    /** MiB: what the instance has, its shared buffers, and what so many connections may take. */
    memory: number
    buffers: number
    connections: number
  }
}

/**
 * MiB that a connection's process is reckoned with: its own memory, caches of the catalogue and one sort. Measure it
 * (`pg_backend_memory_contexts`) before the sum comes near the limit.
 */
const MIB_PER_CONNECTION = 10

interface ConfigMap {
  metadata: { name: string; namespace: string }
  data?: Record<string, string>
}

interface Postgresql {
  spec: {
    postgresql: { parameters?: Record<string, string> }
    resources?: { requests?: { memory?: string }; limits?: { memory?: string } }
  }
}

/** @returns nothing where no pgpool-II or no PostgreSQL is declared. */
export function planConnections(
  declared: Declared,
  cells: Cell[],
  workloads: PlannedWorkload[],
): ConnectionPlan | undefined {
  const configuration = declared
    .of<ConfigMap>('kubernetes:core/v1:ConfigMap')
    .find(({ inputs: { data = {} } }) => 'pgpool.conf' in data)?.inputs
  const [postgresql] = declared.of<Postgresql>('kubernetes:acid.zalan.do/v1:postgresql')
  const text = configuration?.data?.['pgpool.conf']
  if (text === undefined || postgresql === undefined) return undefined

  const processes = new Map(
    cells.map(({ namespace }) => [
      namespace,
      workloads
        .filter((workload) => workload.namespace === namespace)
        .reduce((sum, workload) => sum + atOnce(workload), 0),
    ]),
  )
  const ofCells = cells.reduce((sum, cell) => sum + (processes.get(cell.namespace) ?? 0) * cell.connections, 0)
  const others = workloads
    .filter(({ annotations }) => CONNECTS in annotations)
    .map((workload) => {
      const pods = atOnce(workload)
      return { name: workload.name, pods, connections: pods * Number(workload.annotations[CONNECTS]) }
    })
  const used = ofCells + others.reduce((sum, { connections }) => sum + connections, 0)

  const pods = workloads.find(({ pool, kind }) => pool === 'pgpool' && kind === 'Deployment')?.replicas ?? 1
  const each = setting(text, 'num_init_children') - setting(text, 'reserved_connections')
  const { parameters = {} } = postgresql.inputs.spec.postgresql
  const { requests, limits } = postgresql.inputs.spec.resources ?? {}
  const max = Number(parameters.max_connections ?? 100)
  return {
    cells: {
      cells: cells.length,
      processes: [...processes.values()].reduce((sum, count) => sum + count, 0),
      each: Math.max(0, ...cells.map(({ connections }) => connections)),
      connections: ofCells,
    },
    others,
    used,
    pgpool: { pods, each, free: pods * each - ofCells, freeShort: (pods - 1) * each - ofCells },
    postgresql: {
      max,
      free: max - used,
      memory: mebi(limits?.memory ?? requests?.memory ?? '0'),
      buffers: parameters.shared_buffers === undefined ? 128 : megabytes(parameters.shared_buffers),
      connections: used * MIB_PER_CONNECTION,
    },
  }
}

/** Pods of a workload while it rolls. As many drain as come: old ones end when new ones serve. */
export function atOnce({ replicas, surge }: PlannedWorkload): number {
  return replicas + 2 * surge
}

function setting(text: string, name: string): number {
  return Number(new RegExp(`^${name} = '?(\\d+)`, 'm').exec(text)?.[1] ?? 0)
}

/** PostgreSQL's `MB` and `GB` are powers of 1024; a number alone counts pages of 8 KiB. */
function megabytes(value: string): number {
  const [, number = '0', unit = ''] = /^(\d+)\s*(kB|MB|GB|TB)?$/.exec(value.trim()) ?? []
  const units: Record<string, string> = { kB: 'Ki', MB: 'Mi', GB: 'Gi', TB: 'Ti' }
  return unit === '' ? (Number(number) * 8) / 1024 : quantity(`${number}${units[unit]}`) / 2 ** 20
}

import { type KubernetesObject, shown } from '../../../cluster/api.ts'
import type { ApiServer } from './api-server.ts'

interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}
type Counts = Record<string, number | undefined>
/** As much of an object's fields as its readiness is told by. */
interface Fields {
  metadata: { generation?: number }
  spec: Counts & {
    type?: string
    clusterIP?: string
    hard?: Record<string, string>
    updateStrategy?: { type?: string }
  }
  status?: Counts & {
    phase?: string
    hard?: Record<string, string>
    conditions?: Condition[]
    loadBalancer?: { ingress?: unknown[] }
    currentRevision?: string
    updateRevision?: string
  }
}

interface Wait {
  /** As an error words it. */
  what: string
  /** Seconds after which the real provider gives up, unless the resource says otherwise. */
  patience: number
  reached: (fields: Fields, api: ApiServer, object: KubernetesObject) => boolean | Promise<boolean>
}

/** What the real provider waits for (provider/pkg/await of pulumi-kubernetes); for other kinds, for nothing. */
const WAITS: Record<string, Wait> = {
  'apps/v1 Deployment': {
    what: 'available',
    patience: 600,
    reached: ({ metadata, spec: { replicas = 1 }, status = {} }) =>
      metadata.generation === status.observedGeneration &&
      condition(status, 'Available')?.status === 'True' &&
      condition(status, 'Progressing')?.reason === 'NewReplicaSetAvailable' &&
      (status.updatedReplicas ?? 0) === replicas &&
      (status.readyReplicas ?? 0) >= replicas,
  },
  'apps/v1 StatefulSet': {
    what: 'ready',
    patience: 600,
    reached: ({ metadata, spec: { replicas = 1, updateStrategy }, status = {} }) => {
      const ready = status.replicas === replicas && (status.readyReplicas ?? 0) === replicas
      if (metadata.generation !== status.observedGeneration) return false
      if ((metadata.generation ?? 1) > 1 && updateStrategy?.type === 'OnDelete') return ready
      return ready && status.currentReplicas === replicas && status.currentRevision === status.updateRevision
    },
  },
  'apps/v1 DaemonSet': {
    what: 'available',
    patience: 600,
    reached: ({ metadata, status = {} }) =>
      metadata.generation === status.observedGeneration &&
      (status.updatedNumberScheduled ?? 0) === status.desiredNumberScheduled &&
      (status.numberAvailable ?? 0) === status.desiredNumberScheduled,
  },
  'batch/v1 Job': {
    what: 'complete',
    patience: 600,
    reached: ({ status = {} }, _, object) => {
      const failed = condition(status, 'Failed')
      if (failed?.status === 'True') throw new Error(`${shown(object)} failed: ${failed.message}`)
      return condition(status, 'Complete')?.status === 'True'
    },
  },
  'v1 Service': {
    what: 'in front of a pod, with an address',
    patience: 600,
    reached: async ({ spec, status }, api, { metadata }) => {
      if (spec.type === 'LoadBalancer' && !status?.loadBalancer?.ingress?.length) return false
      if (spec.type === 'ExternalName' || spec.clusterIP === 'None') return true
      const endpoints = await api.find({ apiVersion: 'v1', kind: 'Endpoints', metadata })
      return ((endpoints?.subsets ?? []) as unknown[]).length > 0
    },
  },
  'networking.k8s.io/v1 Ingress': {
    what: 'given an address',
    patience: 600,
    reached: ({ status }) => Boolean(status?.loadBalancer?.ingress?.length),
  },
  'v1 PersistentVolume': {
    what: 'available',
    patience: 300,
    reached: ({ status }) => status?.phase === 'Available' || status?.phase === 'Bound',
  },
  'v1 PersistentVolumeClaim': { what: 'bound', patience: 300, reached: ({ status }) => status?.phase === 'Bound' },
  'v1 ResourceQuota': {
    what: 'in force',
    patience: 60,
    reached: ({ spec, status }) => JSON.stringify(sorted(spec.hard)) === JSON.stringify(sorted(status?.hard)),
  },
}

/**
 * Waits until the object does what it is there for, as the real provider does.
 *
 * @param timeout seconds; 0 is the kind's own.
 */
export async function untilReady(api: ApiServer, object: KubernetesObject, timeout: number): Promise<void> {
  const wait = WAITS[`${object.apiVersion} ${object.kind}`]
  if (!wait) return
  const { what, patience, reached } = wait
  await api.until(object, (live) => live !== undefined && reached(live as unknown as Fields, api, live), {
    seconds: timeout || patience,
    what,
  })
}

const condition = (status: { conditions?: Condition[] }, type: string) =>
  status.conditions?.find((candidate) => candidate.type === type)

const sorted = (limits: Record<string, string> = {}) => Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1))

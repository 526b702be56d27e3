import type { PoolName } from '../settings.ts'

/** The label and the taint by which a node says its pool. */
export const POOL = 'kura/pool'

/** Failures that pods are spread over: Tokyo and Osaka have one availability domain of three fault domains. */
const FAULT_DOMAIN = 'oci.oraclecloud.com/fault-domain'
const HOST = 'kubernetes.io/hostname'

type Dedicated = Exclude<PoolName, 'web'>

/** Tolerations for the taint of a dedicated pool. */
export function tolerations(pool: Dedicated) {
  return [{ key: POOL, operator: 'Equal', value: pool, effect: 'NoSchedule' }]
}

/** Seconds after which pods of a lost node start elsewhere; Kubernetes' own 300 would leave the platform short for long. */
const LOST_SECONDS = 30

/** Tolerations by which pods leave a lost node soon. */
export function leavesLost() {
  return ['not-ready', 'unreachable'].map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists' as const,
    effect: 'NoExecute' as const,
    tolerationSeconds: LOST_SECONDS,
  }))
}

/** Prefers fault domains and hosts that hold fewer of the pods with these labels. */
export function spread(matchLabels: Record<string, string>) {
  return [FAULT_DOMAIN, HOST].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway' as const,
    labelSelector: { matchLabels },
  }))
}

/** Forces the pods with these labels onto hosts of their own, and prefers fault domains that hold fewer of them. */
export function apart(matchLabels: Record<string, string>) {
  return spread(matchLabels).map((constraint) =>
    constraint.topologyKey === HOST ? { ...constraint, whenUnsatisfiable: 'DoNotSchedule' as const } : constraint,
  )
}

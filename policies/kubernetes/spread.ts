import type { PodSpec } from './pods.ts'
import { type Labels, selects } from './selector.ts'

/** Label of a node that holds its name. */
export const HOST = 'kubernetes.io/hostname'

/** Labels of nodes that hold where a failure takes several at once. */
export const ZONES = [
  'topology.kubernetes.io/zone',
  'oci.oraclecloud.com/fault-domain',
  'failure-domain.beta.kubernetes.io/zone',
]

type Placed = Pick<PodSpec, 'affinity' | 'topologySpreadConstraints'>

/** Labels of nodes over whose values pods with these labels are spread, forced or preferred. */
export function spreadOver({ affinity, topologySpreadConstraints = [] }: Placed, labels: Labels): string[] {
  const { requiredDuringSchedulingIgnoredDuringExecution: required = [], ...rest } = affinity?.podAntiAffinity ?? {}
  const preferred = rest.preferredDuringSchedulingIgnoredDuringExecution ?? []
  return [...topologySpreadConstraints, ...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm)]
    .filter(({ labelSelector }) => labelSelector && selects(labelSelector, labels))
    .map(({ topologyKey }) => topologyKey)
}

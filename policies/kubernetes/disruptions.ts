import { policy } from '@pulumi/kubernetes'
import type { Declared, Stack } from '../rule/index.ts'
import { namespaceOf } from './objects.ts'
import type { PodGroup } from './pod-groups.ts'
import { selects } from './selector.ts'

export const BUDGET = policy.v1.PodDisruptionBudget

/** A disruption budget, and where it is. */
export interface Budget {
  declared: Declared<typeof BUDGET>
  namespace: string
}

export function budgetsOf(stack: Stack): Budget[] {
  return stack.of(BUDGET).map((declared) => ({ declared, namespace: namespaceOf(declared) }))
}

/** Whether a disruption budget is about some pods. One without a selector is about none. */
export function covers({ declared, namespace }: Budget, group: PodGroup): boolean {
  if (namespace !== group.namespace) return false
  const { selector } = declared.props.spec ?? {}
  return selector !== undefined && selects(selector, group.labels)
}

/** A number of pods, or a share of them such as `50%`. */
type Limit = number | string

/** How many of some pods may be away at a time. Kubernetes rounds shares up, of those away as of those there. */
export function allowed(
  { minAvailable, maxUnavailable }: { minAvailable?: Limit | undefined; maxUnavailable?: Limit | undefined },
  replicas: number,
): number {
  if (maxUnavailable !== undefined) return Math.min(replicas, numberOf(maxUnavailable, replicas))
  // Without a word, one must be there.
  return Math.max(0, replicas - numberOf(minAvailable ?? 1, replicas))
}

/** A number of pods that a limit stands for. */
export function numberOf(limit: Limit, replicas: number, round = Math.ceil): number {
  return String(limit).endsWith('%') ? round((Number.parseInt(String(limit), 10) * replicas) / 100) : Number(limit)
}

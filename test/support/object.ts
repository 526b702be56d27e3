import type { Kind } from '../../policies/rule/index.ts'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { declared } from './rule.ts'

/**
 * An object of a cluster as a program declares it.
 *
 * @param place `<namespace>/<name>`
 */
export function object(
  kind: Kind,
  place: string,
  spec: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
  given: Parameters<typeof declared>[3] = {},
): CapturedResource {
  const [namespace, name = ''] = place.split('/')
  return declared(kind, name, { metadata: { namespace, name, ...metadata }, spec }, given)
}

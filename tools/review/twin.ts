import { type CapturedResource, reveal } from '../evaluate/index.ts'
import { valueAt } from './path.ts'

/**
 * Which removed resource is the same object in the cluster as an added one, by URN. The engine knows resources by their
 * URNs, the cluster by kind, namespace and name: it first makes the new one, which the cluster has already, and then
 * deletes the old one, which is the same.
 */
export function findTwins(removed: CapturedResource[], added: CapturedResource[]): Map<string, string> {
  const come = new Map(added.flatMap((resource) => objectOf(resource).map((object) => [object, resource.urn] as const)))
  return new Map(
    removed.flatMap((resource) =>
      objectOf(resource).flatMap((object) => {
        const twin = come.get(object)
        return twin ? [[resource.urn, twin] as const] : []
      }),
    ),
  )
}

/** Kind, namespace and name of an object, whatever the version of its kind; none if the provider makes the name up. */
function objectOf({ type, custom, inputs }: CapturedResource): string[] {
  const [provider, , kind] = type.split(':')
  if (provider !== 'kubernetes' || !custom) return []
  const group = type.slice(0, type.lastIndexOf('/'))
  const identity = group.startsWith('kubernetes:helm.sh') ? inputs : valueAt(inputs, ['metadata'])
  const { name, namespace = 'default' } = (reveal(identity) ?? {}) as { name?: string; namespace?: string }
  return name ? [JSON.stringify([group, kind, namespace, name])] : []
}

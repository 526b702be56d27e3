import type { Declared } from '../../tools/plan/declared.ts'
import type { Api, KubernetesObject } from './api.ts'
import { broughtBy } from './made.ts'
import { objectsOf } from './objects.ts'

/** Kinds that others name, and must find. */
const FIRST = ['Namespace', 'PriorityClass', 'StorageClass', 'ServiceAccount']

/** Kinds that make pods, which want everything else to be there. */
const LAST = ['apps/v1', 'batch/v1']

/**
 * Puts a stack's objects on an API server, and stand-ins of what charts and add-ons bring.
 *
 * @returns the warnings of the API server.
 * @throws Refused if an object is.
 */
export async function load(api: Api, declared: Declared): Promise<string[]> {
  const objects = objectsOf(declared)
  const brought = broughtBy(declared)
  const namespaces = new Set(brought.map(({ metadata }) => metadata.namespace ?? ''))
  const own = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name))
  const theirs = [...namespaces.difference(own)].map(
    (name): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
  )
  const all = [...theirs, ...objects, ...brought]
  const when = ({ apiVersion, kind }: KubernetesObject) =>
    kind === 'Namespace' ? 'before' : FIRST.includes(kind) ? 'first' : LAST.includes(apiVersion) ? 'last' : 'then'
  const groups = Map.groupBy(all, when)
  const warnings: string[] = []
  for (const group of ['before', 'first', 'then', 'last'] as const)
    warnings.push(...(await api.putAll(groups.get(group) ?? [])))
  return warnings
}

import type { Declared, Kind, Stack } from '../rule/index.ts'

/** Resources of a kind one of whose properties gets its value from another: the other way round than `stack.linked`. */
export function linkedTo<K extends Kind>(
  stack: Stack,
  target: { urn: string },
  kind: K,
  property: string,
): Declared<K>[] {
  return stack
    .of(kind)
    .filter(({ resource }) => resource.propertyDependencies[property]?.some(({ urn }) => urn === target.urn))
}

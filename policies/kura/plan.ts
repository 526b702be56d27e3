import { Declared } from '../../tools/plan/declared.ts'
import type { Stack } from '../rule/index.ts'

/**
 * A stack as the plan reads it. A rule reckons the part of the plan that it is about: what another part needs may not
 * be known yet.
 */
export function declaredBy({ resources }: Stack): Declared {
  return new Declared(
    resources.map(({ type, name, urn, parent, props, propertyDependencies }) => ({
      type,
      name,
      urn,
      id: '',
      parent: parent?.urn ?? '',
      inputs: props,
      outputs: props,
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, from]) => [key, from.map((resource) => resource.urn)]),
      ),
    })),
  )
}

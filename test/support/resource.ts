import type { CapturedResource } from '../../tools/evaluate/index.ts'

/** A resource as the recorder captures it, made up. */
export function resourceOf(given: Partial<CapturedResource> & Pick<CapturedResource, 'type'>): CapturedResource {
  return {
    urn: '',
    id: '',
    name: '',
    parent: '',
    custom: true,
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    aliases: [],
    provider: '',
    ...given,
  }
}

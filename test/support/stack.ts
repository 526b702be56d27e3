import type { PolicyResource } from '@pulumi/policy'
import { Stack } from '../../policies/rule/stack.ts'
import type { CapturedResource } from '../../tools/evaluate/index.ts'

/** A stack as rules read it, of made-up resources. */
export function stackOf(...resources: CapturedResource[]): Stack {
  return new Stack(
    resources.map(({ type, name, urn, inputs, ignoreChanges }) => {
      const resource: Partial<PolicyResource> = {
        type,
        name,
        urn,
        props: inputs,
        opts: { protect: false, ignoreChanges, aliases: [], additionalSecretOutputs: [] } as never,
        dependencies: [],
        propertyDependencies: {},
      }
      return resource as PolicyResource
    }),
  )
}

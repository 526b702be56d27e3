import { core } from '@pulumi/kubernetes'
import type { Stack } from '../rule/index.ts'
import { namespaceOf } from './objects.ts'
import type { PodGroup } from './pod-groups.ts'
import { selects } from './selector.ts'

/** Whether a Service leads to some pods: others wait for them. */
export function isServed(stack: Stack, { namespace, labels }: PodGroup): boolean {
  return stack.of(core.v1.Service).some((service) => {
    const { selector = {} } = service.props.spec ?? {}
    const selected = Object.keys(selector).length > 0 && selects({ matchLabels: selector }, labels)
    return selected && namespaceOf(service) === namespace
  })
}

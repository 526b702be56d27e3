import { core } from '@pulumi/kubernetes'
import type { Stack } from '../rule/index.ts'
import { namespaceOf } from './objects.ts'
import type { PodGroup } from './pod-groups.ts'
import { selects } from './selector.ts'

/** Tells whether a Service leads to some pods: others wait for them. */
export function servedIn(stack: Stack): (group: PodGroup) => boolean {
  const services = stack.of(core.v1.Service).map((service) => ({
    namespace: namespaceOf(service),
    selector: service.props.spec?.selector ?? {},
  }))
  return ({ namespace, labels }) =>
    services.some(
      (service) =>
        service.namespace === namespace &&
        Object.keys(service.selector).length > 0 &&
        selects({ matchLabels: service.selector }, labels),
    )
}

import { stackRule } from '../../rule/index.ts'
import { AUTOSCALERS, keyOf, targetOf } from '../autoscalers.ts'
import { namespaceOf } from '../objects.ts'
import { ELSEWHERE, hiding } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'autoscaler-has-target',
    description: 'An autoscaler is for something that there is.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score horizontalpodautoscaler-has-target'],
    settings: { elsewhere: ELSEWHERE },
  },
  AUTOSCALERS,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    // Of the kinds that are scaled alone: of others, not even names need be known.
    const kinds = new Set(stack.of(AUTOSCALERS).map(({ props }) => props.spec?.scaleTargetRef.kind))
    const scalable = stack.resources.filter(({ type }) => kinds.has(type.split(':')[2] ?? ''))
    const workloads = new Set(scalable.map((resource) => keyOf({ resource })))
    each(AUTOSCALERS, (autoscaler) => {
      const namespace = namespaceOf(autoscaler)
      const { kind, name } = autoscaler.props.spec?.scaleTargetRef ?? {}
      if (hidden.has(namespace) || workloads.has(targetOf(autoscaler))) return
      tell(autoscaler, {
        at: 'spec.scaleTargetRef',
        is: `${kind} ${name}`,
        write: `a workload of the namespace ${namespace}`,
      })
    })
  },
)

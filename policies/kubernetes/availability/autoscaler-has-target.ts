import { stackRule } from '../../rule/index.ts'
import { AUTOSCALERS, scales } from '../autoscalers.ts'
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
    each(AUTOSCALERS, (autoscaler) => {
      const namespace = namespaceOf(autoscaler)
      const { kind, name } = autoscaler.props.spec?.scaleTargetRef ?? {}
      if (hidden.has(namespace) || stack.resources.some((resource) => scales(autoscaler, { resource }))) return
      tell(autoscaler, {
        at: 'spec.scaleTargetRef',
        is: `${kind} ${name}`,
        write: `a workload of the namespace ${namespace}`,
      })
    })
  },
)

import { apps } from '@pulumi/kubernetes'
import { isSet, stackRule } from '../../rule/index.ts'
import { AUTOSCALERS, keyOf, targetOf } from '../autoscalers.ts'

const SCALED = [apps.v1.Deployment, apps.v1.StatefulSet]

export default stackRule(
  {
    name: 'autoscaled-without-replicas',
    description: 'No deployment undoes what an autoscaler has done.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured'],
  },
  SCALED,
  (stack, tell, { each }) => {
    const autoscalers = new Map(stack.of(AUTOSCALERS).map((one) => [targetOf(one), one]))
    each(SCALED, (workload) => {
      const autoscaler = autoscalers.get(keyOf(workload))
      const { ignoreChanges } = workload.resource.opts
      if (autoscaler && isSet(workload.props.spec, 'replicas') && !ignoreChanges.includes('spec.replicas'))
        tell(workload, {
          at: 'spec.replicas',
          holds: 'a number of its own',
          write: `none, or ignoreChanges ["spec.replicas"]: ${autoscaler.name} scales it`,
        })
    })
  },
)

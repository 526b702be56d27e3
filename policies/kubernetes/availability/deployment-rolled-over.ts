import { apps } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { numberOf } from '../disruptions.ts'
import { eachGroup } from '../pod-groups.ts'
import { servedIn } from '../served.ts'

export default stackRule(
  {
    name: 'deployment-rolled-over',
    description: 'What has several pods behind a Service still serves while it is renewed.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score deployment-strategy'],
  },
  apps.v1.Deployment,
  (stack, tell, { each }) => {
    const isServed = servedIn(stack)
    eachGroup(stack, each, (group) => {
      const { kind, resource, replicas = 1 } = group
      if (kind !== 'Deployment' || replicas < 2 || !isServed(group)) return
      const { type = 'RollingUpdate', rollingUpdate } = resource.props.spec.strategy ?? {}
      if (type !== 'RollingUpdate') tell(group, { at: 'spec.strategy.type', is: type, write: '"RollingUpdate"' })
      // Of a Deployment, unlike of a budget, Kubernetes rounds a share of those away down.
      else if (numberOf(rollingUpdate?.maxUnavailable ?? 0, replicas, Math.floor) >= replicas)
        tell(group, {
          at: 'spec.strategy.rollingUpdate.maxUnavailable',
          is: rollingUpdate.maxUnavailable,
          write: `fewer than its ${replicas} pods`,
        })
    })
  },
)

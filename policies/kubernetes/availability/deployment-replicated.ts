import { apps } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { fewestIn } from '../autoscalers.ts'
import { eachGroup } from '../pod-groups.ts'
import { servedIn } from '../served.ts'

export default stackRule(
  {
    name: 'deployment-replicated',
    description: 'Behind a Service there are several pods, so that one may be away.',
    severity: 'low',
    level: 'advisory',
    serves: ['kube-score deployment-replicas', 'Polaris deploymentMissingReplicas'],
    settings: {
      least: setting(2, { type: 'integer', minimum: 1, description: 'How few pods are enough.' }),
      single: setting<string[]>([], {
        type: 'array',
        items: { type: 'string' },
        description: 'Names of the Deployments that are to have one pod: users can wait, or two would do harm.',
      }),
    },
  },
  apps.v1.Deployment,
  (stack, tell, { each, settings: { least, single } }) => {
    const fewest = fewestIn(stack)
    const isServed = servedIn(stack)
    eachGroup(stack, each, (group) => {
      if (group.kind !== 'Deployment' || single.includes(group.name)) return
      // What must not run twice even for a moment says so.
      const alone = group.resource.props.spec.strategy?.type === 'Recreate'
      const replicas = fewest(group) ?? least
      if (replicas < least && !alone && isServed(group))
        tell(group, {
          at: 'spec.replicas',
          is: replicas,
          write: `${least} or more, strategy "Recreate" if two would do harm, or its name in the setting \`single\``,
        })
    })
  },
)

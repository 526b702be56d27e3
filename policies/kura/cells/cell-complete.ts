import { apps } from '@pulumi/kubernetes'
import { type PropsOf, stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

export default stackRule(
  {
    name: 'cell-complete',
    description: 'Every cell has a web process and a worker, each of which provisions its institutions first.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura cell-complete'],
  },
  apps.v1.Deployment,
  (stack, tell) => {
    for (const { namespace, whole } of cellsOf(stack)) {
      const deployments = within(stack, apps.v1.Deployment, namespace)
      for (const command of ['web', 'worker']) {
        const found = deployments.find(({ props }) => commandsOf(props).includes(command))
        if (!found)
          tell(whole, {
            lacks: `${command} process`,
            write: `a Deployment in ${namespace} with the argument ${command}`,
          })
        else if (commandsOf(found.props)[0] !== 'provision')
          tell(found, { lacks: 'provisioning', write: 'a first init container with the argument provision' })
      }
    }
  },
)

/** Commands of the application in the order in which a pod starts them. */
function commandsOf({ spec }: PropsOf<typeof apps.v1.Deployment>): string[] {
  const { initContainers = [], containers = [] } = spec?.template.spec ?? {}
  return [...initContainers, ...containers].flatMap(({ args = [] }) => args)
}

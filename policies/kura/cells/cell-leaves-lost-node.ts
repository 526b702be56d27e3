import { apps } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

export default stackRule(
  {
    name: 'cell-leaves-lost-node',
    description: 'Pods of cells leave a lost node soon: by themselves they would wait there for five minutes.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura cell-complete'],
    settings: {
      most: setting(30, { type: 'number', minimum: 0, description: 'Seconds that they stay at most.' }),
    },
  },
  apps.v1.Deployment,
  (stack, tell, { settings: { most } }) => {
    for (const { namespace } of cellsOf(stack))
      for (const deployment of within(stack, apps.v1.Deployment, namespace))
        for (const state of ['not-ready', 'unreachable']) {
          const key = `node.kubernetes.io/${state}`
          const { tolerations = [] } = deployment.props.spec?.template.spec ?? {}
          // Without a number a toleration is for ever, without one Kubernetes adds its own.
          const seconds = tolerations.find((one) => one.key === key)?.tolerationSeconds
          if (seconds === undefined || seconds > most)
            tell(deployment, {
              at: `tolerationSeconds of ${key} in spec.template.spec.tolerations`,
              is: seconds,
              write: `${most} or fewer`,
            })
        }
  },
)

import { apps } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

export default stackRule(
  {
    name: 'cell-drains',
    description: 'A pod of a cell that ends has time to finish: nginx first, then the application.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura cell-complete'],
    settings: {
      application: setting(25, {
        type: 'number',
        minimum: 0,
        description: 'Seconds that the application takes to end at most.',
      }),
    },
  },
  apps.v1.Deployment,
  (stack, tell, { settings: { application } }) => {
    for (const { namespace, configuration } of cellsOf(stack)) {
      const nginx = Number(
        /worker_shutdown_timeout (\d+)s;/.exec(configuration.props.data?.['nginx.conf'] ?? '')?.[1] ?? 0,
      )
      for (const deployment of within(stack, apps.v1.Deployment, namespace)) {
        const {
          initContainers = [],
          containers = [],
          terminationGracePeriodSeconds: given = 30,
        } = deployment.props.spec?.template.spec ?? {}
        const at = 'spec.template.spec'
        const served = [...initContainers, ...containers].some(({ args = [] }) => args.includes('web'))
        const unlisted = Math.max(0, ...containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0))
        const needed = application + (served ? unlisted + nginx : 0)
        if (given < needed)
          tell(deployment, { at: `${at}.terminationGracePeriodSeconds`, is: given, write: `${needed} or more` })
        // Kubernetes ends what restarts among the init containers when the others have ended.
        const beside = initContainers.findIndex(({ args = [] }) => args.includes('web'))
        if (served && initContainers[beside]?.restartPolicy !== 'Always')
          tell(deployment, {
            lacks: 'application that ends after nginx',
            write: 'it among the initContainers with restartPolicy "Always"',
          })
        if (served && unlisted === 0)
          tell(deployment, { lacks: 'time to be taken off the gateway', write: 'lifecycle.preStop.sleep of nginx' })
      }
    }
  },
)

import { core } from '@pulumi/kubernetes'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'service-not-past-firewall',
    description:
      'No Service has a load balancer of its own, which no firewall would stand before, unless it speaks no HTTP.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura waf'],
    settings: {
      ports: setting([2641], {
        type: 'array',
        items: { type: 'integer' },
        description: 'Ports of protocols that are not HTTP: 2641 is that of Handle, whose answers are signed.',
      }),
    },
  },
  core.v1.Service,
  ({ spec }, tell, { settings }) => {
    if (spec?.type !== 'LoadBalancer') return
    for (const [index, { port }] of (spec.ports ?? []).entries())
      if (!settings.ports.includes(port))
        tell({
          at: `spec.ports[${index}].port`,
          is: port,
          write: 'a Service of type "ClusterIP" and an HTTPRoute to it',
        })
  },
)

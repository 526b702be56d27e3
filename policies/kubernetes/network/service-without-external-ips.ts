import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'service-without-external-ips',
    description: "No Service takes over addresses that may be somebody else's (CVE-2020-8554).",
    severity: 'high',
    level: 'mandatory',
    serves: ['Practice external-addresses'],
  },
  core.v1.Service,
  ({ spec }, tell) => {
    if (spec?.externalIPs?.length)
      tell({ at: 'spec.externalIPs', is: spec.externalIPs, write: 'a load balancer, and no externalIPs' })
  },
)

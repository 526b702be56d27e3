import { core } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'ingress-by-groups',
    description: 'Security groups say what comes in: a list opens a port of everything in its subnets.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP network'],
  },
  core.SecurityList,
  (list, tell) => {
    if (isSet(list, 'ingressSecurityRules'))
      tell({
        at: 'ingressSecurityRules',
        holds: 'rules for whole subnets',
        write: '[], and a NetworkSecurityGroupSecurityRule for each',
      })
  },
)

import { networking } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { isOpen, passages } from '../network-policies.ts'

export default resourceRule(
  {
    name: 'network-policy-not-open',
    description: 'No network policy lets pass everything.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0030'],
  },
  networking.v1.NetworkPolicy,
  ({ spec }, tell) => {
    for (const passage of spec ? passages(spec) : [])
      if (isOpen(passage))
        tell({
          at: passage.at,
          holds: 'every address at every port',
          write: `${passage.direction === 'Ingress' ? 'from' : 'to'} whom, or ports`,
        })
  },
)

import { networking } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { openTo, passages } from '../network-policies.ts'

export default resourceRule(
  {
    name: 'network-policy-not-open',
    description: 'A network policy says who passes, or at which ports.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0030'],
  },
  networking.v1.NetworkPolicy,
  ({ spec }, tell) => {
    for (const passage of spec ? passages(spec) : []) {
      const everybody = openTo(passage)
      if (everybody)
        tell({
          at: passage.at,
          holds: `${everybody} at every port`,
          write: `${passage.direction === 'Ingress' ? 'from' : 'to'} whom, or ports`,
        })
    }
  },
)

import { core } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'circuit-loss-detected',
    description: 'The loss of a circuit is noticed within a second (BFD), not when BGP gives up after a minute.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura circuits'],
  },
  core.VirtualCircuit,
  ({ isBfdEnabled }, tell) => {
    if (isBfdEnabled !== true) tell({ at: 'isBfdEnabled', is: isBfdEnabled, write: 'true' })
  },
)

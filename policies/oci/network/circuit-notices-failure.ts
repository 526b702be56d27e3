import { core } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'circuit-notices-failure',
    description:
      'A private circuit notices within a second that the other end is gone, by BFD: BGP alone takes minutes.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP circuits'],
  },
  core.VirtualCircuit,
  ({ type, isBfdEnabled }, tell) => {
    if (type.toUpperCase() === 'PRIVATE' && isBfdEnabled !== true)
      tell({ at: 'isBfdEnabled', is: isBfdEnabled, write: 'true, and have the other end speak BFD' })
  },
)

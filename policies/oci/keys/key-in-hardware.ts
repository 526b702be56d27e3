import { kms } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'key-in-hardware',
    description: 'A key lies in a hardware module, which does not give it away.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP hardware-keys'],
  },
  kms.Key,
  ({ protectionMode = 'HSM' }, tell) => {
    if (protectionMode.toUpperCase() === 'SOFTWARE') tell({ at: 'protectionMode', is: protectionMode, write: '"HSM"' })
  },
)

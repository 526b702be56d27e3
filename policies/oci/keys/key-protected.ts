import { kms } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'key-protected',
    description: 'A deployment cannot delete a key or its vault: everything that it has encrypted would be lost.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP keys-kept'],
  },
  [kms.Vault, kms.Key, kms.KeyVersion],
  (_props, tell, { resource: { opts } }) => {
    if (!opts.protect)
      tell({ at: 'protect', is: opts.protect, write: 'protect: true among the options of the resource' })
  },
)

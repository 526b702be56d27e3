import { core } from '@pulumi/oci'
import { ownKeyRule } from '../own-key.ts'

export default ownKeyRule(
  {
    name: 'volume-with-own-key',
    description: 'A block volume is encrypted by a key of your own.',
    serves: ['CIS 5.2.1', 'CKV_OCI_3'],
  },
  core.Volume,
)

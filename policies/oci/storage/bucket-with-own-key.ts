import { objectstorage } from '@pulumi/oci'
import { ownKeyRule } from '../own-key.ts'

export default ownKeyRule(
  {
    name: 'bucket-with-own-key',
    description: 'A bucket is encrypted by a key of your own.',
    serves: ['CIS 5.1.2', 'CKV_OCI_9'],
  },
  objectstorage.Bucket,
)

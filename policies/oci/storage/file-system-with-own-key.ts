import { filestorage } from '@pulumi/oci'
import { ownKeyRule } from '../own-key.ts'

export default ownKeyRule(
  {
    name: 'file-system-with-own-key',
    description: 'A file system is encrypted by a key of your own.',
    serves: ['CIS 5.3.1', 'CKV_OCI_15'],
  },
  filestorage.FileSystem,
)

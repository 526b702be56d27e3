import { objectstorage } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'bucket-not-public',
    description: 'A bucket is not public: nobody reads or lists it by its name alone.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 5.1.1', 'CKV_OCI_10'],
  },
  objectstorage.Bucket,
  ({ accessType = 'NoPublicAccess' }, tell) => {
    if (accessType !== 'NoPublicAccess') tell({ at: 'accessType', is: accessType, write: '"NoPublicAccess"' })
  },
)

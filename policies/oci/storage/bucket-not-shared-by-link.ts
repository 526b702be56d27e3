import { objectstorage } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'bucket-not-shared-by-link',
    description: 'No link opens a bucket, or an object in it, to whoever has the link, whether signed in or not.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 5.1.1'],
  },
  objectstorage.Preauthrequest,
  ({ accessType }, tell) => {
    tell({ at: 'accessType', is: accessType, write: 'no Preauthrequest, but a policy for who may read' })
  },
)

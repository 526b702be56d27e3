import { objectstorage } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'bucket-not-shared-by-link',
    description:
      'No link opens a bucket to whoever has it: the application alone hands out files, to whom may read them.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura private-objects'],
  },
  objectstorage.Preauthrequest,
  ({ accessType }, tell) => {
    tell({ at: 'accessType', is: accessType, write: 'no Preauthrequest: the application answers for its files itself' })
  },
)

import { objectstorage } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'bucket-emits-events',
    description: 'A bucket emits events of its objects, so that rules can act on what is written or deleted.',
    severity: 'low',
    level: 'advisory',
    serves: ['CKV_OCI_7'],
  },
  objectstorage.Bucket,
  ({ objectEventsEnabled }, tell) => {
    if (!objectEventsEnabled) tell({ at: 'objectEventsEnabled', is: objectEventsEnabled, write: 'true' })
  },
)

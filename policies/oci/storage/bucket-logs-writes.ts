import { objectstorage } from '@pulumi/oci'
import { isReplica } from '../buckets.ts'
import { loggedRule } from '../logs.ts'

export default loggedRule(
  {
    name: 'bucket-logs-writes',
    description:
      'A bucket logs who writes to it. A copy in another region is written by Object Storage alone, and logged where it comes from.',
    serves: ['CIS 4.17'],
  },
  objectstorage.Bucket,
  'objectstorage',
  ['write'],
  isReplica,
)

import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-ends-uploads.ts'

const bucket = declared(objectstorage.Bucket, 'theses')
const lifecycle = (of: typeof bucket, rules: object[]) =>
  declared(objectstorage.ObjectLifecyclePolicy, 'lifecycle', { rules }, { linked: { bucket: [of] } })
const abort = { name: 'abort', action: 'ABORT', target: 'multipart-uploads', isEnabled: true }
const replica = declared(objectstorage.Bucket, 'replica')
const told =
  'theses has no end for unfinished uploads; write a rule with action "ABORT" and target "multipart-uploads" into its ObjectLifecyclePolicy.'

cases(rule, {
  passes: {
    'a rule that ends them': [bucket, lifecycle(bucket, [{ action: 'ARCHIVE', isEnabled: true }, abort])],
    'what another is copied to': [
      bucket,
      lifecycle(bucket, [abort]),
      replica,
      declared(
        objectstorage.ReplicationPolicy,
        'copy',
        {},
        { linked: { bucket: [bucket], destinationBucketName: [replica] } },
      ),
    ],
  },
  breaks: {
    'a bucket without a lifecycle': [bucket, told],
    'the lifecycle of another': [[bucket, replica, lifecycle(replica, [abort])], told],
    'a rule that is off': [[bucket, lifecycle(bucket, [{ ...abort, isEnabled: false }])], told],
    'a rule for some names': [
      [bucket, lifecycle(bucket, [{ ...abort, objectNameFilter: { inclusionPrefixes: ['a'] } }])],
      told,
    ],
    'a rule that nobody knows yet': [
      [bucket, lifecycle(bucket, [{ ...abort, isEnabled: UNKNOWN }])],
      /^Could not be judged: theses: rules.0.isEnabled/,
    ],
  },
})

import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-ends-uploads.ts'

const theses = declared(objectstorage.Bucket, 'theses', { name: 'theses-prod' })
const dumps = declared(objectstorage.Bucket, 'dumps', { name: 'dumps-prod' })
const abort = { action: 'ABORT', target: 'multipart-uploads', isEnabled: true, timeAmount: '7', timeUnit: 'DAYS' }
const policy = (rule: object, of = [theses]) =>
  declared(
    objectstorage.ObjectLifecyclePolicy,
    'life',
    { bucket: 'theses-prod', rules: [{ action: 'DELETE', target: 'objects', isEnabled: true }, rule] },
    { linked: { bucket: of } },
  )
const lacking =
  'theses has no end for unfinished uploads; write an ObjectLifecyclePolicy with an enabled rule of action "ABORT" and target "multipart-uploads".'

cases(rule, {
  passes: {
    'a rule that ends them': [theses, policy(abort)],
    'a policy that names the bucket in plain text': [theses, policy(abort, [])],
    'a copy, to which nobody uploads': [
      theses,
      declared(objectstorage.ReplicationPolicy, 'copy', { destinationBucketName: 'theses-prod' }),
    ],
  },
  breaks: {
    'no policy': [theses, lacking],
    'a policy of another bucket': [[theses, dumps, policy(abort, [dumps])], lacking],
    'a rule that is switched off': [[theses, policy({ ...abort, isEnabled: false })], lacking],
    'a rule for objects': [[theses, policy({ ...abort, target: undefined })], lacking],
    'a policy without rules': [[theses, declared(objectstorage.ObjectLifecyclePolicy, 'life', {})], lacking],
    'an action that nobody knows yet': [
      [theses, policy({ ...abort, action: UNKNOWN })],
      'Could not be judged: stack: rules.1.action is not known before the deployment.',
    ],
  },
})

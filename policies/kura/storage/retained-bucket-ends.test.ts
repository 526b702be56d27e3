import { objectstorage } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './retained-bucket-ends.ts'

const bucket = (duration: object | undefined = { timeAmount: '30', timeUnit: 'DAYS' }) =>
  declared(objectstorage.Bucket, 'dumps', { retentionRules: [{ duration }] })
const forEver = declared(objectstorage.Bucket, 'dumps', { retentionRules: [{ displayName: 'kept' }] })
const deleted = (timeAmount: string, more: object = {}) =>
  declared(
    objectstorage.ObjectLifecyclePolicy,
    'lifecycle',
    { rules: [{ name: 'delete', action: 'DELETE', timeAmount, timeUnit: 'DAYS', isEnabled: true, ...more }] },
    { linked: { bucket: [bucket()] } },
  )
const lacks =
  'dumps has no end for its objects; write a rule with action "DELETE" after more than 30 days into its ObjectLifecyclePolicy.'

cases(rule, {
  passes: {
    'an end a day later': [bucket(), deleted('31')],
    'an end that names its target': [bucket(), deleted('31', { target: 'objects' })],
    'a bucket that retains nothing': declared(objectstorage.Bucket, 'wal', { retentionRules: [] }),
  },
  breaks: {
    'no end': [bucket(), lacks],
    'an end for uploads alone': [[bucket(), deleted('31', { target: 'multipart-uploads' })], lacks],
    'an end on the last day of retention': [
      [bucket(), deleted('30')],
      'dumps: the rule delete of its lifecycle holds 30 days; write more than the 30 for which its objects are retained.',
    ],
    'retention for ever': [
      [forEver, deleted('31')],
      'dumps: retentionRules holds a rule without an end; write a duration.',
      /^dumps: the rule delete of its lifecycle holds 31 days/,
    ],
  },
})

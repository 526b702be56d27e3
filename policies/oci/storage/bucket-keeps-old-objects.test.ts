import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-keeps-old-objects.ts'

const bucket = (name: string, inputs: object = {}) => declared(objectstorage.Bucket, name, { name, ...inputs })
const copy = bucket('copy')
const kept = { displayName: 'kept', duration: { timeAmount: '30', timeUnit: 'DAYS' } }

cases(rule, {
  config: { rotated: [{ bucket: 'wal', reason: 'the backup tool deletes what has expired' }] },
  passes: {
    versions: bucket('theses', { versioning: 'Enabled' }),
    'versions in another case': bucket('theses', { versioning: 'enabled' }),
    'a retention rule': bucket('theses', { retentionRules: [kept] }),
    'a retention rule whose length nobody knows yet': bucket('theses', {
      retentionRules: [{ ...kept, duration: UNKNOWN }],
    }),
    'a bucket whose tool deletes what has expired': bucket('wal'),
    'a copy of another bucket, which can have neither': [
      copy,
      declared(objectstorage.ReplicationPolicy, 'to-copy', {}, { linked: { destinationBucketName: [copy] } }),
    ],
  },
  breaks: {
    neither: [
      bucket('theses'),
      'theses has no versions and no retention rule; write versioning: "Enabled", or retentionRules.',
    ],
    'versions and a retention rule, which Oracle Cloud refuses': [
      bucket('theses', { versioning: 'Enabled', retentionRules: [kept] }),
      'theses: versioning is "Enabled"; write "Disabled", or no retentionRules: both are refused.',
    ],
    'versions that are suspended': [bucket('theses', { versioning: 'Suspended' }), /^theses has no versions/],
    'no retention rule in the list': [bucket('theses', { retentionRules: [] }), /^theses has no versions/],
    'a name that begins like that of a rotated one': [bucket('wal-old'), /^wal-old has no versions/],
    'the source of a copy': [
      [
        bucket('theses'),
        copy,
        declared(objectstorage.ReplicationPolicy, 'to-copy', {}, { linked: { destinationBucketName: [copy] } }),
      ],
      /^theses has no versions/,
    ],
    'versioning that nobody knows yet': [
      bucket('theses', { versioning: UNKNOWN }),
      'Could not be judged: theses: versioning is not known before the deployment.',
    ],
  },
})

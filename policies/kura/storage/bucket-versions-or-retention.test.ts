import { objectstorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './bucket-versions-or-retention.ts'

const bucket = (inputs: object, name = 'theses') => declared(objectstorage.Bucket, name, { ...inputs })
const retentionRules = [{ displayName: 'kept', duration: { timeAmount: '30', timeUnit: 'DAYS' } }]
const copied = declared(
  objectstorage.ReplicationPolicy,
  'copy',
  {},
  { linked: { bucket: [bucket({})], destinationBucketName: [bucket({}, 'replica')] } },
)
const told = 'theses has no versions and no retention rule; write versioning: "Enabled" or retentionRules.'

cases(rule, {
  passes: {
    versions: bucket({ versioning: 'Enabled' }),
    'versions and an empty list of rules': bucket({ versioning: 'Enabled', retentionRules: [] }),
    retention: bucket({ retentionRules, versioning: 'Disabled' }),
    'a bucket whose tool removes what has expired': bucket({}, 'kura-storage-wal'),
    'what another is copied to': [bucket({ versioning: 'Enabled' }), bucket({}, 'replica'), copied],
  },
  breaks: {
    both: [
      bucket({ retentionRules, versioning: 'Enabled' }),
      'theses: versioning is "Enabled"; write "Disabled", or no retentionRules: both are refused.',
    ],
    neither: [bucket({}), told],
    'versions that are suspended': [bucket({ versioning: 'Suspended' }), told],
    'an empty list of rules': [bucket({ retentionRules: [] }), told],
    'what nobody knows yet': [bucket({ versioning: UNKNOWN }), /^Could not be judged: theses: versioning/],
  },
})

cases(rule, {
  config: { expired: ['theses'] },
  passes: { 'a bucket that is named': bucket({}) },
  breaks: { 'one that is named no more': [bucket({}, 'kura-storage-wal'), /^kura-storage-wal has no versions/] },
})

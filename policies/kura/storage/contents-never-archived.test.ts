import { objectstorage } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './contents-never-archived.ts'

const contents = declared(objectstorage.Bucket, 'kura-storage-contents')
const dumps = declared(objectstorage.Bucket, 'dumps')
const replica = declared(objectstorage.Bucket, 'replica')
const copy = declared(
  objectstorage.ReplicationPolicy,
  'copy',
  {},
  { linked: { bucket: [contents], destinationBucketName: [replica] } },
)
const lifecycle = (of: typeof contents, action: string, more: object = {}) =>
  declared(
    objectstorage.ObjectLifecyclePolicy,
    'lifecycle',
    { rules: [{ name: 'older', action, timeAmount: '30', timeUnit: 'DAYS', isEnabled: true, ...more }] },
    { linked: { bucket: [of] } },
  )
const told = (name: string) =>
  `${name}: its lifecycle holds the rule older that archives; write the action "INFREQUENT_ACCESS" there.`

cases(rule, {
  passes: {
    'another tier that can be read': [contents, lifecycle(contents, 'INFREQUENT_ACCESS')],
    'dumps in the archive': [contents, dumps, lifecycle(dumps, 'ARCHIVE')],
    'a rule that is off': [contents, lifecycle(contents, 'ARCHIVE', { isEnabled: false })],
  },
  breaks: {
    'a rule that archives': [[contents, lifecycle(contents, 'ARCHIVE')], told('kura-storage-contents')],
    'a rule that archives old versions too': [
      [contents, lifecycle(contents, 'ARCHIVE', { target: 'previous-object-versions' })],
      told('kura-storage-contents'),
    ],
    'a rule where they are copied to': [[contents, replica, copy, lifecycle(replica, 'ARCHIVE')], told('replica')],
    'a bucket that is an archive': [
      declared(objectstorage.Bucket, 'kura-storage-contents', { storageTier: 'Archive' }),
      'kura-storage-contents: storageTier is "Archive"; write "Standard".',
    ],
  },
})

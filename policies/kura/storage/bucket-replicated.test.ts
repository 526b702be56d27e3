import { objectstorage } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './bucket-replicated.ts'

const contents = declared(objectstorage.Bucket, 'kura-storage-contents')
const logs = declared(objectstorage.Bucket, 'kura-storage-logs')
const replica = declared(objectstorage.Bucket, 'replica')
const copy = (from: typeof contents) =>
  declared(
    objectstorage.ReplicationPolicy,
    'copy',
    {},
    { linked: { bucket: [from], destinationBucketName: [replica] } },
  )
const told =
  'kura-storage-contents has no copy in another region; write a ReplicationPolicy to a Bucket there (the setting kura:storage.replica).'

cases(rule, {
  passes: {
    'a bucket that is copied': [contents, replica, copy(contents)],
    'what can be made again': logs,
  },
  breaks: {
    'a bucket that is not': [contents, told],
    'a copy of another': [[contents, logs, replica, copy(logs)], told],
    'a copy to what is not declared': [[contents, copy(contents)], told],
  },
})

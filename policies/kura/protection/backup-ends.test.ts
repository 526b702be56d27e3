import { batch } from '@pulumi/kubernetes'
import { objectstorage } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './backup-ends.ts'

const [dumps, wal] = [declared(objectstorage.Bucket, 'dumps'), declared(objectstorage.Bucket, 'kura-storage-wal')]
const job = (name: string, KEEP?: string, buckets: (typeof dumps)[] = []) =>
  object(
    batch.v1.CronJob,
    `kura-backups/${name}`,
    {
      jobTemplate: {
        spec: { template: { spec: { containers: [{ env: KEEP ? [{ name: 'KEEP', value: KEEP }] : [] }] } } },
      },
    },
    {},
    { linked: { spec: buckets } },
  )
const lifecycle = (more: object = {}) =>
  declared(
    objectstorage.ObjectLifecyclePolicy,
    'lifecycle',
    { rules: [{ name: 'delete', action: 'DELETE', isEnabled: true, ...more }] },
    { linked: { bucket: [dumps] } },
  )
const told =
  'copy has no end for its copies in dumps; write a rule with action "DELETE" into the ObjectLifecyclePolicy of the bucket.'

cases(rule, {
  passes: {
    'a bucket that deletes': [dumps, lifecycle(), job('copy', undefined, [dumps])],
    'a bucket whose tool does': [wal, job('copy', undefined, [wal])],
    'a job that keeps so many': job('copy', '2'),
    'a job that only looks': job('copy-check'),
  },
  breaks: {
    'a bucket that keeps all': [[dumps, job('copy', undefined, [dumps])], told],
    'a bucket that deletes uploads alone': [
      [dumps, lifecycle({ target: 'multipart-uploads' }), job('copy', undefined, [dumps])],
      told,
    ],
    'one of several buckets': [[dumps, wal, job('copy', undefined, [wal, dumps])], told],
    'a folder that is never cleared': [
      job('copy'),
      'copy has no end for its copies; write how many it keeps into its variable KEEP.',
    ],
    'a job that keeps none': [job('copy', '0'), /^copy has no end/],
  },
})

import { batch } from '@pulumi/kubernetes'
import { objectstorage } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import { Postgresql } from '../kinds.ts'
import rule from './backup-checked.ts'

const wal = declared(objectstorage.Bucket, 'wal')
const job = (name: string, more: object = {}, given = {}) =>
  object(batch.v1.CronJob, `kura-backups/${name}`, { ...more }, {}, given)
const cluster = object(Postgresql, 'data/db', {}, {}, { linked: { spec: [wal] } })
const told = 'dumps has no job that looks at its copies; write the CronJob dumps-check beside it.'
const base = 'db has no job that looks at its base backups in wal; write a CronJob …-check that is told the bucket.'

cases(rule, {
  passes: {
    'a job with its check': [job('dumps'), job('dumps-check')],
    'one that looks itself': job('offsite'),
    'one that an operator starts': job('restore', { suspend: true }),
    'base backups that somebody looks at': [wal, cluster, job('base-check', {}, { linked: { spec: [wal] } })],
  },
  breaks: {
    'a job without a check': [[job('dumps'), job('physical-check')], told],
    'a check that is suspended': [[job('dumps'), job('dumps-check', { suspend: true })], told],
    'base backups that nobody looks at': [[wal, cluster, job('base-check')], base],
    'base backups that a copying job looks at': [[wal, cluster, job('offsite', {}, { linked: { spec: [wal] } })], base],
  },
})

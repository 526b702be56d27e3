import { batch } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases } from '../../../test/support/rule.ts'
import { Postgresql } from '../kinds.ts'
import rule from './backup-of-each-kind.ts'

const cluster = object(Postgresql, 'data/db', {})
const job = (name: string, PGHOST?: string, more: object = {}, namespace = 'kura-backups') =>
  object(batch.v1.CronJob, `${namespace}/${name}`, {
    jobTemplate: {
      spec: { template: { spec: { containers: [{ env: PGHOST ? [{ name: 'PGHOST', value: PGHOST }] : [] }] } } },
    },
    ...more,
  })
const all = (...without: string[]) =>
  [job('dumps', 'db-repl.data.svc'), job('physical', 'db.data.svc'), job('snapshots'), job('offsite')].filter(
    ({ name }) => !without.includes(name),
  )
const told = (kind: string) => `db has no backup of the kind ${kind}; write the CronJob ${kind} in kura-backups.`

cases(rule, {
  passes: { 'one of each kind': [cluster, ...all()], 'no database': all('dumps') },
  breaks: {
    'no dumps': [[cluster, ...all('dumps')], told('dumps')],
    'dumps of another database': [[cluster, ...all('dumps'), job('dumps', 'db.other.svc')], told('dumps')],
    'dumps of a database that is called alike': [
      [cluster, ...all('dumps'), job('dumps', 'db-two.data.svc')],
      told('dumps'),
    ],
    'dumps that are suspended': [
      [cluster, ...all('dumps'), job('dumps', 'db.data.svc', { suspend: true })],
      told('dumps'),
    ],
    'a job in another namespace': [
      [cluster, ...all('offsite'), job('offsite', undefined, {}, 'edge')],
      told('offsite'),
    ],
  },
})

cases(rule, {
  config: { ofDatabase: ['nightly'], ofAll: [] },
  passes: { 'the kind that is asked for': [cluster, job('nightly', 'db.data.svc')] },
  breaks: { 'other kinds': [[cluster, ...all()], told('nightly')] },
})

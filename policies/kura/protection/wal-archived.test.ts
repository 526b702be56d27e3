import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { Postgresql } from '../kinds.ts'
import rule from './wal-archived.ts'

const good = {
  WAL_S3_BUCKET: 'wal',
  USE_WALG_BACKUP: 'true',
  BACKUP_SCHEDULE: '0 17 * * 6',
  BACKUP_NUM_TO_RETAIN: '5',
}
const cluster = (variables: Record<string, string | undefined>) =>
  object(Postgresql, 'data/db', {
    env: Object.entries({ ...good, ...variables })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ name, value })),
  })

cases(rule, {
  passes: {
    'a cluster that says all': cluster({}),
    'a bucket that nobody knows yet': cluster({ WAL_S3_BUCKET: UNKNOWN }),
  },
  breaks: {
    'no bucket': [
      cluster({ WAL_S3_BUCKET: undefined }),
      'db has no variable WAL_S3_BUCKET; write the name of a Bucket into spec.env.',
    ],
    'an empty one': [cluster({ WAL_S3_BUCKET: '' }), /^db has no variable WAL_S3_BUCKET/],
    'another tool': [
      cluster({ USE_WALG_BACKUP: 'false' }),
      'db: spec.env[1].value is "false"; write "true" for USE_WALG_BACKUP.',
    ],
    'no schedule': [
      cluster({ BACKUP_SCHEDULE: 'weekly' }),
      'db: spec.env[2].value is "weekly"; write when base backups are made for BACKUP_SCHEDULE.',
    ],
    'none that is kept': [
      cluster({ BACKUP_NUM_TO_RETAIN: '0' }),
      'db: spec.env[3].value is "0"; write how many base backups are kept for BACKUP_NUM_TO_RETAIN.',
    ],
    'no variables': [object(Postgresql, 'data/db', {}), /WAL_S3_BUCKET/, /USE_WALG/, /SCHEDULE/, /NUM_TO_RETAIN/],
    'a list that nobody knows yet': [
      object(Postgresql, 'data/db', { env: UNKNOWN }),
      /^Could not be judged: db: spec.env/,
    ],
  },
})

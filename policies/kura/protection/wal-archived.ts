import { isSet, resourceRule } from '../../rule/index.ts'
import { Postgresql } from '../kinds.ts'

/** What makes the operator's WAL-G archive, copy and expire. */
const VARIABLES: Record<string, { fits?: RegExp; write: string }> = {
  WAL_S3_BUCKET: { write: 'the name of a Bucket' },
  USE_WALG_BACKUP: { fits: /^true$/, write: '"true"' },
  BACKUP_SCHEDULE: { fits: /^(\S+ ){4}\S+$/, write: 'when base backups are made' },
  BACKUP_NUM_TO_RETAIN: { fits: /^[1-9]\d*$/, write: 'how many base backups are kept' },
}

export default resourceRule(
  {
    name: 'wal-archived',
    description: 'Every database cluster archives its WAL and makes base backups by a schedule, which end in time.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura backups', 'Kura backup-ends'],
  },
  Postgresql,
  ({ spec }, tell) => {
    const env = spec.env ?? []
    for (const [variable, { fits, write }] of Object.entries(VARIABLES)) {
      const index = env.findIndex(({ name }) => name === variable)
      const entry = env[index]
      if (!entry || !isSet(entry, 'value')) tell({ lacks: `variable ${variable}`, write: `${write} into spec.env` })
      else if (fits && !fits.test(entry.value ?? ''))
        tell({ at: `spec.env[${index}].value`, is: entry.value, write: `${write} for ${variable}` })
    }
  },
)

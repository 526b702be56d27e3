import { logging } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'log-kept',
    description: 'Every log keeps its lines until they are surely archived.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura logs-archived'],
    settings: {
      days: setting(30, {
        type: 'integer',
        minimum: 30,
        maximum: 180,
        description: 'Days for which Logging keeps lines at least: as long as a connector may fail unseen, and more.',
      }),
    },
  },
  logging.Log,
  ({ retentionDuration }, tell, { settings }) => {
    if ((retentionDuration ?? 0) < settings.days)
      tell({ at: 'retentionDuration', is: retentionDuration, write: `at least ${settings.days}` })
  },
)

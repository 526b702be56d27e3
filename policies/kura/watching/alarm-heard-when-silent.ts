import { monitoring } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'
import { queriesOf } from '../metrics.ts'

export default resourceRule(
  {
    name: 'alarm-heard-when-silent',
    description: 'An alarm speaks too when its metric falls silent: who has gone says nothing bad any more.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
    settings: {
      quiet: setting(['kura-alarms-log-connector-failing', 'kura-alarms-messages-undelivered'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Alarms whose metric is emitted only where something fails.',
      }),
    },
  },
  monitoring.Alarm,
  (props, tell, { resource, settings }) => {
    if (settings.quiet.includes(resource.name)) return
    if (!queriesOf(props).some(([, query]) => /\.absent\(/.test(query)))
      tell({ lacks: 'level for silence', write: 'an override whose query ends with .grouping().absent(3d)' })
  },
)

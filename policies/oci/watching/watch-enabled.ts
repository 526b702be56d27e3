import { events, logging, monitoring } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'watch-enabled',
    description: 'What watches is switched on: alarms, rules of events, logs and their collectors.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP alarms'],
  },
  [monitoring.Alarm, events.Rule, logging.Log, logging.UnifiedAgentConfiguration],
  ({ isEnabled = true }, tell) => {
    if (!isEnabled) tell({ at: 'isEnabled', is: isEnabled, write: 'true' })
  },
)

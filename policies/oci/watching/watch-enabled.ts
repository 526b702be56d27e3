import { events, logging, monitoring, sch } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'watch-enabled',
    description: 'What watches is switched on: alarms, rules of events, logs, their collectors and connectors.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP alarms'],
  },
  [monitoring.Alarm, events.Rule, logging.Log, logging.UnifiedAgentConfiguration, sch.Connector],
  (props, tell) => {
    const { isEnabled = true, state = 'ACTIVE' } = props as { isEnabled?: boolean; state?: string }
    if (!isEnabled) tell({ at: 'isEnabled', is: isEnabled, write: 'true' })
    if (state.toUpperCase() !== 'ACTIVE') tell({ at: 'state', is: state, write: '"ACTIVE"' })
  },
)

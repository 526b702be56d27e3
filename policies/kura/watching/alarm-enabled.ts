import { monitoring } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'alarm-enabled',
    description: 'Every alarm is on, and none is silenced by its declaration.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-topic'],
  },
  monitoring.Alarm,
  (props, tell) => {
    if (props.isEnabled !== true) tell({ at: 'isEnabled', is: props.isEnabled, write: 'true' })
    if (isSet(props, 'suppression'))
      tell({ at: 'suppression', holds: 'a time of silence', write: 'none: silence it by the console, which ends it' })
  },
)

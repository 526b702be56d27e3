import { monitoring } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'alarm-not-silenced',
    description: 'No alarm is silenced by its declaration, which would not end.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-topic'],
  },
  monitoring.Alarm,
  (props, tell) => {
    if (isSet(props, 'suppression'))
      tell({ at: 'suppression', holds: 'a time of silence', write: 'none: silence it by the console, which ends it' })
  },
)

import { monitoring, ons } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'alarm-told',
    description: 'Every alarm tells a topic of this stack.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-topic'],
  },
  monitoring.Alarm,
  (stack, tell, { each }) => {
    each(monitoring.Alarm, (alarm) => {
      if (stack.linked(alarm, 'destinations', ons.NotificationTopic).length === 0)
        tell(alarm, { at: 'destinations', holds: 'no topic of this stack', write: 'the OCID of a NotificationTopic' })
    })
  },
)

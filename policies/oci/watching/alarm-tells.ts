import { monitoring } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'alarm-tells',
    description: 'An alarm has somewhere to tell it to.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP alarms'],
  },
  monitoring.Alarm,
  ({ destinations }, tell) => {
    if (destinations.length === 0) tell({ at: 'destinations', is: undefined, write: 'the OCID of a topic' })
  },
)

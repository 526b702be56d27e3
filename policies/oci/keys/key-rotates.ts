import { kms } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'key-rotates',
    description: 'A key gets a new version each year: by itself, or by hand until the day that an exception says.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 4.16'],
    settings: {
      days: setting(365, { type: 'integer', minimum: 60, maximum: 365, description: 'How old a version may become.' }),
    },
  },
  kms.Key,
  ({ isAutoRotationEnabled, autoKeyRotationDetails }, tell, { settings: { days } }) => {
    const byHand = 'or rotate it by hand and name the day of the next rotation in an exception'
    if (!isAutoRotationEnabled)
      return tell({ at: 'isAutoRotationEnabled', is: isAutoRotationEnabled, write: `true, ${byHand}` })
    // A year, where nothing else is said.
    const interval = autoKeyRotationDetails?.rotationIntervalInDays ?? 365
    if (interval > days)
      tell({ at: 'autoKeyRotationDetails.rotationIntervalInDays', is: interval, write: `${days} or less` })
  },
)

import { events } from '@pulumi/oci'
import { untold } from '../events.ts'
import { tenancyRule } from '../tenancy.ts'

export default tenancyRule(
  {
    name: 'problems-told',
    description: 'Somebody is told of what Cloud Guard finds, and of what becomes of it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 4.15'],
  },
  events.Rule,
  (stack, tell) =>
    untold(
      stack,
      [
        {
          of: 'problems that Cloud Guard finds',
          control: 'CIS 4.15',
          types: ['problemdetected', 'problemdismissed', 'problemremediated'].map((type) => `cloudguard.${type}`),
        },
      ],
      'root',
    ).forEach(tell),
)

import { limits } from '@pulumi/oci'
import { tenancyRule } from '../tenancy.ts'

export default tenancyRule(
  {
    name: 'quota-set',
    description: 'A quota bounds what a mistake or a thief can run up.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP quota'],
  },
  limits.Quota,
  (stack, tell) => {
    if (!stack.of(limits.Quota).some(({ props }) => props.statements.length > 0))
      tell({ lacks: 'quota', write: 'a limits.Quota with statements such as "zero database quotas in tenancy"' })
  },
)

import { cloudguard } from '@pulumi/oci'
import { isSet } from '../../rule/index.ts'
import { ROOT, tenancyRule } from '../tenancy.ts'

export default tenancyRule(
  {
    name: 'cloud-guard-on-root',
    description: 'Cloud Guard looks at the whole tenancy, and has recipes for what to look for and what to do.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 4.14', 'OBP cloud-guard'],
  },
  [cloudguard.CloudGuardConfiguration, cloudguard.Target],
  (stack, tell) => {
    const configurations = stack.of(cloudguard.CloudGuardConfiguration)
    if (!configurations.some(({ props: { status } }) => status.toUpperCase() === 'ENABLED'))
      tell({ lacks: 'enabled Cloud Guard', write: 'a CloudGuardConfiguration of the root with status "ENABLED"' })
    const target = stack.of(cloudguard.Target).find(({ props }) => props.targetResourceId.startsWith(ROOT))
    if (!target || !isSet(target.props, 'targetDetectorRecipes') || !isSet(target.props, 'targetResponderRecipes'))
      tell({
        lacks: 'target of Cloud Guard that is the root and has recipes',
        write:
          'a cloudguard.Target with the tenancy as targetResourceId, targetDetectorRecipes and targetResponderRecipes',
      })
  },
)

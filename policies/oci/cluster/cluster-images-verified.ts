import { containerengine } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'cluster-images-verified',
    description: 'A cluster runs images alone that a key of one’s own has signed.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP cluster'],
  },
  containerengine.Cluster,
  ({ imagePolicyConfig: policy }, tell) => {
    if (!policy?.isPolicyEnabled)
      tell({
        at: 'imagePolicyConfig.isPolicyEnabled',
        is: policy?.isPolicyEnabled,
        write: 'true, once images are signed',
      })
    else if (!isSet(policy, 'keyDetails'))
      tell({ at: 'imagePolicyConfig.keyDetails', is: undefined, write: 'the kmsKeyId that images are signed by' })
  },
)

import { core, storage } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { typeOf } from '../../rule/kind.ts'

export default resourceRule(
  {
    name: 'volume-retained',
    description: 'A volume stays when its claim goes, so that a deleted namespace deletes no data.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura protected'],
  },
  [core.v1.PersistentVolume, storage.v1.StorageClass],
  (_props, tell, { resource }) => {
    const isClass = resource.type === typeOf(storage.v1.StorageClass)
    const policy = isClass ? resource.props.reclaimPolicy : resource.props.spec.persistentVolumeReclaimPolicy
    // Where nothing is said, a volume that was made by hand is retained, and one of a class is not.
    if (policy !== 'Retain' && (isClass || policy !== undefined))
      tell({ at: isClass ? 'reclaimPolicy' : 'spec.persistentVolumeReclaimPolicy', is: policy, write: '"Retain"' })
  },
)

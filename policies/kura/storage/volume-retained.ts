import { core, storage } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'volume-retained',
    description: 'A volume stays when its claim goes, so that a deleted namespace deletes no data.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura protected'],
  },
  [core.v1.PersistentVolume, storage.v1.StorageClass],
  (_stack, tell, { each }) => {
    each(core.v1.PersistentVolume, (volume) => {
      const policy = volume.props.spec?.persistentVolumeReclaimPolicy
      // What was made by hand is retained by default.
      if ((policy ?? 'Retain') !== 'Retain')
        tell(volume, { at: 'spec.persistentVolumeReclaimPolicy', is: policy, write: '"Retain"' })
    })
    each(storage.v1.StorageClass, (kind) => {
      const { reclaimPolicy } = kind.props
      if (reclaimPolicy !== 'Retain') tell(kind, { at: 'reclaimPolicy', is: reclaimPolicy, write: '"Retain"' })
    })
  },
)

import { isSet } from '../../rule/index.ts'
import { restrictedPodRule } from '../pods.ts'

const TYPES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected'],
  'secret',
]

export default restrictedPodRule(
  {
    name: 'pod-restricted-volumes',
    description: 'Pods mount what the cluster gives them, never servers of files or disks that they name themselves.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS restrictedVolumes'],
  },
  ({ spec, at }, tell) => {
    for (const [index, volume] of (spec.volumes ?? []).entries())
      for (const type of Object.keys(volume) as (keyof typeof volume)[])
        if (type !== 'name' && !TYPES.includes(type) && isSet(volume, type))
          tell({
            at: `${at}.volumes[${index}].${type}`,
            holds: 'a volume that the pod chooses itself',
            write: 'a persistentVolumeClaim, and a PersistentVolume for it',
          })
  },
)

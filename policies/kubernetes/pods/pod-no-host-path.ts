import { isSet } from '../../rule/index.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'pod-no-host-path',
    description: 'Pods mount no files of their machine.',
    severity: 'high',
    level: 'mandatory',
    serves: ['PSS hostPathVolumes', 'Polaris hostPathSet'],
  },
  ({ spec, at }, tell) => {
    for (const [index, volume] of (spec.volumes ?? []).entries())
      if (isSet(volume, 'hostPath'))
        tell({
          at: `${at}.volumes[${index}].hostPath`,
          holds: 'files of the machine',
          write: 'a persistentVolumeClaim, or an emptyDir for what may be lost',
        })
  },
)

import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'
import { ENFORCE } from '../pods.ts'

export default resourceRule(
  {
    name: 'namespace-enforces-pod-security',
    description:
      'Every namespace says which pods the API server refuses there: all that are not restricted, or not baseline.',
    severity: 'high',
    level: 'mandatory',
    serves: ['PSS enforce', 'CKV2_OCI_6'],
  },
  core.v1.Namespace,
  ({ metadata }, tell) => {
    const level = metadata?.labels?.[ENFORCE]
    if (level !== 'restricted' && level !== 'baseline')
      tell({
        at: `metadata.labels["${ENFORCE}"]`,
        is: level,
        write: '"restricted", or "baseline" where that is too much',
      })
  },
)

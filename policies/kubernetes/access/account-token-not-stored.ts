import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'account-token-not-stored',
    description: 'Tokens of service accounts end by themselves and are kept nowhere.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0034'],
  },
  core.v1.Secret,
  ({ type }, tell) => {
    if (type === 'kubernetes.io/service-account-token')
      tell({ at: 'type', is: type, write: 'a projected volume with a serviceAccountToken in the pod instead' })
  },
)

import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'secret-no-lasting-token',
    description: 'No Secret holds a token of a service account: such a token never ends.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['C-0034', 'CKV_K8S_38'],
  },
  core.v1.Secret,
  ({ type }, tell) => {
    if (type === 'kubernetes.io/service-account-token')
      tell({ at: 'type', is: type, write: 'no such Secret, and project a serviceAccountToken into the pod' })
  },
)

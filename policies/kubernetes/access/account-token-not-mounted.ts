import { core } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'account-token-not-mounted',
    description: "A service account's token is mounted only into pods that ask for it.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['C-0034', 'CKV_K8S_41', 'CKV_K8S_38'],
  },
  core.v1.ServiceAccount,
  ({ automountServiceAccountToken }, tell) => {
    if (automountServiceAccountToken !== false)
      tell({
        at: 'automountServiceAccountToken',
        is: automountServiceAccountToken,
        write: 'false, and true in the pods that speak to Kubernetes',
      })
  },
)

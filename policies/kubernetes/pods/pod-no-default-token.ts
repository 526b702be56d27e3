import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'pod-no-default-token',
    description: 'Pods get a token of the API server only for a service account of their own.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['C-0034', 'Polaris automountServiceAccountToken', 'CKV_K8S_38'],
  },
  ({ spec, at }, tell) => {
    const { automountServiceAccountToken: automount } = spec
    if (automount === false) return
    // `serviceAccount` is the name's old name.
    const account = spec.serviceAccountName || spec.serviceAccount || 'default'
    if (account === 'default')
      tell({
        at: `${at}.automountServiceAccountToken`,
        is: automount,
        write: 'false, or the serviceAccountName of an account that is its own',
      })
  },
)

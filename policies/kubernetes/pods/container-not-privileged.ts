import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-not-privileged',
    description: 'No container may do everything that its machine can.',
    severity: 'critical',
    level: 'mandatory',
    serves: [
      'PSS privileged',
      'C-0057',
      'Polaris runAsPrivileged',
      'kube-score container-security-context-privileged',
      'CKV_K8S_16',
    ],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers)
      if (container.securityContext?.privileged)
        tell({ at: `${at}.securityContext.privileged`, is: true, write: 'false' })
  },
)

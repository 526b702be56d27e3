import { restrictedPodRule } from '../pods.ts'
import { onWindows, settingsOf } from '../security-context.ts'

export default restrictedPodRule(
  {
    name: 'container-seccomp-profile',
    description: 'Every container has a profile of the system calls that it may make.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'PSS seccompProfile_restricted',
      'C-0055',
      'Polaris linuxHardening',
      'kube-score container-seccomp-profile',
      'CKV_K8S_31',
    ],
  },
  (pods, tell) => {
    if (onWindows(pods)) return
    for (const { value, at } of settingsOf(pods, 'seccompProfile.type', (context) => context.seccompProfile?.type))
      if (!['RuntimeDefault', 'Localhost'].includes(value ?? ''))
        tell({ at, is: value, write: '"RuntimeDefault", or "Localhost" and a profile' })
  },
)

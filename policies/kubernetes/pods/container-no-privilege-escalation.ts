import { restrictedPodRule } from '../pods.ts'
import { onWindows } from '../security-context.ts'

export default restrictedPodRule(
  {
    name: 'container-no-privilege-escalation',
    description: 'No process of a container gets more rights than the one that started it.',
    severity: 'high',
    level: 'mandatory',
    serves: ['PSS allowPrivilegeEscalation', 'C-0016', 'Polaris privilegeEscalationAllowed', 'CKV_K8S_20'],
  },
  (pods, tell) => {
    if (onWindows(pods)) return
    for (const { container, at } of pods.containers) {
      const allowed = container.securityContext?.allowPrivilegeEscalation
      if (allowed !== false) tell({ at: `${at}.securityContext.allowPrivilegeEscalation`, is: allowed, write: 'false' })
    }
  },
)

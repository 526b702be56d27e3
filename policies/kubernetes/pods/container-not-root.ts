import { restrictedPodRule } from '../pods.ts'
import { settingsOf } from '../security-context.ts'

export default restrictedPodRule(
  {
    name: 'container-not-root',
    description: 'No container starts as root, whatever user its image names.',
    severity: 'high',
    level: 'mandatory',
    serves: ['PSS runAsNonRoot', 'C-0013', 'Polaris runAsRootAllowed', 'CKV_K8S_23', 'CKV_K8S_29'],
  },
  (pods, tell) => {
    for (const { value, at } of settingsOf(pods, 'runAsNonRoot', ({ runAsNonRoot }) => runAsNonRoot))
      if (!value) tell({ at, is: value, write: 'true' })
  },
)

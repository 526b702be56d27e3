import { setting } from '../../rule/index.ts'
import { restrictedPodRule } from '../pods.ts'
import { onWindows, settingsOf } from '../security-context.ts'

export default restrictedPodRule(
  {
    name: 'container-user-high',
    description: 'Containers run as users and groups that no machine has of its own, for the day one gets out.',
    severity: 'low',
    level: 'advisory',
    serves: ['kube-score container-security-context-user-group-id', 'CKV_K8S_40'],
    settings: {
      least: setting(10_001, { type: 'integer', minimum: 1, description: 'The lowest number of a user and a group.' }),
    },
  },
  (pods, tell, { least }) => {
    // In a namespace of its own, a container's users are nobody on the machine, whatever their numbers.
    if (onWindows(pods) || pods.spec.hostUsers === false) return
    for (const key of ['runAsUser', 'runAsGroup'] as const)
      for (const { value, at } of settingsOf(pods, key, (context) => context[key]))
        if (value === undefined || value < least) tell({ at, is: value, write: `${least} or more` })
  },
)

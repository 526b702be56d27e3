import { restrictedPodRule } from '../pods.ts'
import { settingsOf } from '../security-context.ts'

export default restrictedPodRule(
  {
    name: 'container-user-not-zero',
    description: 'No container is told to run as user 0, which is root.',
    severity: 'high',
    level: 'mandatory',
    serves: ['PSS runAsUser'],
  },
  (pods, tell) => {
    for (const { value, at } of settingsOf(pods, 'runAsUser', ({ runAsUser }) => runAsUser))
      if (value === 0) tell({ at, is: 0, write: 'the number of another user' })
  },
)

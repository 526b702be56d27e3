import { podRule } from '../pods.ts'
import { settingsOf } from '../security-context.ts'

export default podRule(
  {
    name: 'pod-seccomp-confined',
    description: 'No container says that it makes every system call.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS seccompProfile_baseline'],
  },
  (pods, tell) => {
    for (const { value, at } of settingsOf(pods, 'seccompProfile.type', (context) => context.seccompProfile?.type))
      if (value !== undefined && !['RuntimeDefault', 'Localhost'].includes(value))
        tell({ at, is: value, write: '"RuntimeDefault", or "Localhost" and a profile' })
  },
)

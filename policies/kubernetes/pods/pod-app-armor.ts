import { podRule } from '../pods.ts'
import { settingsOf } from '../security-context.ts'

/** How it was said before Kubernetes 1.30; the API server still listens. */
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/'

export default podRule(
  {
    name: 'pod-app-armor',
    description: 'No container leaves the AppArmor profile of its runtime but for one of its own.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS appArmorProfile'],
  },
  (pods, tell) => {
    const write = '"RuntimeDefault", or "Localhost" and a profile'
    for (const { value, at } of settingsOf(pods, 'appArmorProfile.type', (context) => context.appArmorProfile?.type))
      if (value && !['RuntimeDefault', 'Localhost'].includes(value)) tell({ at, is: value, write })
    for (const key of Object.keys(pods.annotations).filter((name) => name.startsWith(ANNOTATION))) {
      const value = pods.annotations[key]
      if (value && !/^(runtime\/default$|localhost\/)/.test(value))
        tell({ at: `annotations["${key}"]`, is: value, write: 'securityContext.appArmorProfile instead' })
    }
  },
)

import { podRule } from '../pods.ts'
import { settingsOf } from '../security-context.ts'

const TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']

export default podRule(
  {
    name: 'pod-se-linux',
    description:
      'Containers keep to the types of SELinux that are made for containers, and to its usual user and role.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS seLinuxOptions'],
  },
  (pods, tell) => {
    for (const { value, at } of settingsOf(pods, 'seLinuxOptions.type', (context) => context.seLinuxOptions?.type))
      if (value && !TYPES.includes(value)) tell({ at, is: value, write: `one of ${TYPES.join(', ')}, or none` })
    for (const key of ['user', 'role'] as const)
      for (const { value, at } of settingsOf(pods, `seLinuxOptions.${key}`, (context) => context.seLinuxOptions?.[key]))
        if (value) tell({ at, is: value, write: 'none' })
  },
)

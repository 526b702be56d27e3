import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-proc-masked',
    description: 'Containers see /proc without what tells of the machine.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS procMount', 'Polaris procMount'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers) {
      const { procMount = 'Default' } = container.securityContext ?? {}
      if (procMount !== 'Default') tell({ at: `${at}.securityContext.procMount`, is: procMount, write: '"Default"' })
    }
  },
)

import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-memory-limited',
    description: 'Every container has an end to its memory, so that one that leaks dies alone.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['C-0271', 'kube-score container-resources', 'Polaris memoryLimitsMissing', 'CKV_K8S_13'],
  },
  ({ spec, containers }, tell) => {
    for (const { container, at, stage } of containers) {
      const limit = container.resources?.limits?.memory || spec.resources?.limits?.memory
      // Ephemeral containers may not have any.
      if (!limit && stage !== 'ephemeral')
        tell({ at: `${at}.resources.limits.memory`, is: undefined, write: 'what it must never exceed' })
    }
  },
)

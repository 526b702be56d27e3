import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'env-names-distinct',
    description: 'No container has a variable twice: the last one wins, and nobody sees the other fail.',
    severity: 'low',
    level: 'mandatory',
    serves: ['kube-score environment-variable-key-duplication'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers) {
      const names = (container.env ?? []).map(({ name }) => name)
      for (const [index, name] of names.entries())
        if (names.indexOf(name) < index) tell({ at: `${at}.env[${index}].name`, is: name, write: 'it once' })
    }
  },
)

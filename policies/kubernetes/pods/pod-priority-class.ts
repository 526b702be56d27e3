import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'pod-priority-class',
    description: 'Pods say who goes first where there is not room for all.',
    severity: 'low',
    level: 'advisory',
    serves: ['Polaris priorityClassNotSet'],
  },
  ({ spec, at }, tell) => {
    if (!spec.priorityClassName) tell({ at: `${at}.priorityClassName`, is: undefined, write: 'the name of a class' })
  },
)

import { operatorRule } from '../operators.ts'

export default operatorRule(
  {
    name: 'operated-priority-class',
    description: 'A custom resource says how much its pods matter when nodes are short.',
    severity: 'low',
    level: 'advisory',
    serves: ['Polaris priorityClassNotSet'],
  },
  (pods, tell) => {
    const name = pods.get('priorityClassName')
    if (!name) tell({ at: pods.at('priorityClassName') ?? '', is: name, write: 'the name of a PriorityClass' })
  },
)

import { scheduling } from '@pulumi/kubernetes'
import { PRIORITY } from '../../../infra/cluster/classes.ts'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'priority-classes-ordered',
    description:
      'Databases go before what all institutions share, that before cells, cells before jobs, which take nobody’s place.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura priority'],
  },
  scheduling.v1.PriorityClass,
  (stack, tell, { each }) => {
    const values = new Map(
      stack.of(scheduling.v1.PriorityClass).map(({ props: { metadata, value } }) => [metadata?.name, value]),
    )
    const falling = [PRIORITY.data, PRIORITY.edge, PRIORITY.cell, PRIORITY.batch]
    each(scheduling.v1.PriorityClass, (declared) => {
      const { metadata, value, preemptionPolicy } = declared.props
      const place = falling.indexOf(metadata?.name ?? '')
      const above = falling[place - 1]
      const most = values.get(above)
      if (place > 0 && most !== undefined && value >= most)
        tell(declared, { at: 'value', is: value, write: `less than that of ${above}, ${most}` })
      if (metadata?.name === PRIORITY.batch && preemptionPolicy !== 'Never')
        tell(declared, { at: 'preemptionPolicy', is: preemptionPolicy, write: '"Never"' })
    })
  },
)

import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { cellsOf } from '../cells.ts'

const LABEL = 'pod-security.kubernetes.io/enforce'

export default stackRule(
  {
    name: 'cell-restricted',
    description: "A cell's namespace takes no pod that may do more than the restricted standard allows.",
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura cell-isolation'],
  },
  core.v1.Namespace,
  (stack, tell, { each }) => {
    const cells = cellsOf(stack).map(({ namespace }) => namespace)
    each(core.v1.Namespace, (namespace) => {
      const { metadata } = namespace.props
      const level = metadata?.labels?.[LABEL]
      if (cells.includes(metadata?.name ?? '') && level !== 'restricted')
        tell(namespace, { at: `metadata.labels["${LABEL}"]`, is: level, write: '"restricted"' })
    })
  },
)

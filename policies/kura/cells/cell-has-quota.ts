import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

const LIMITED = ['pods', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']
/** Doors to the outside that a cell has none of its own of. */
const NONE = ['services.loadbalancers', 'services.nodeports']

export default stackRule(
  {
    name: 'cell-has-quota',
    description: 'Every cell has a quota of pods, processors and memory, and none of doors to the outside.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura cell-quota'],
  },
  core.v1.ResourceQuota,
  (stack, tell) => {
    for (const { namespace, whole } of cellsOf(stack)) {
      const quotas = within(stack, core.v1.ResourceQuota, namespace)
      const hard: Record<string, string> = Object.assign({}, ...quotas.map(({ props }) => props.spec?.hard))
      const missing = LIMITED.filter((key) => hard[key] === undefined)
      if (missing.length > 0)
        tell(quotas[0] ?? whole, { lacks: `quota of ${missing.join(', ')}`, write: 'spec.hard of a ResourceQuota' })
      for (const key of NONE)
        if (quotas[0] && hard[key] !== '0') tell(quotas[0], { at: `spec.hard["${key}"]`, is: hard[key], write: '"0"' })
    }
  },
)

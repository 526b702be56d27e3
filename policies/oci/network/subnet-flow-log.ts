import { core, logging } from '@pulumi/oci'
import { type Declared, stackRule } from '../../rule/index.ts'
import { linkedTo } from '../links.ts'

export default stackRule(
  {
    name: 'subnet-flow-log',
    description: 'A flow log, of the subnet or of its whole network, writes down what goes in and out of every subnet.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 4.13'],
  },
  core.Subnet,
  (stack, tell, { each }) => {
    const logged = (target: { urn: string }, categories: string[]) =>
      linkedTo(stack, target, logging.Log, 'configuration').some((log) => isFlowLog(log, categories))
    each(core.Subnet, (subnet) => {
      // A log of category `all` is of a subnet, whatever else the name promises.
      const own = logged(subnet, ['all', 'subnet'])
      if (!own && !stack.linked(subnet, 'vcnId', core.Vcn).some((vcn) => logged(vcn, ['vcn'])))
        tell(subnet, {
          lacks: 'flow log',
          write: 'a Log with service "flowlogs" and category "all" for it, or category "vcn" for its network',
        })
    })
  },
)

function isFlowLog({ props: { isEnabled, configuration } }: Declared<typeof logging.Log>, categories: string[]) {
  const { service, category } = configuration?.source ?? {}
  return isEnabled !== false && service === 'flowlogs' && categories.includes(category ?? '')
}

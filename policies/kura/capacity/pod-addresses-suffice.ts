import { containerengine, core } from '@pulumi/oci'
import { readPools } from '../../../tools/plan/model.ts'
import { planAddresses } from '../../../tools/plan/pools.ts'
import { stackRule } from '../../rule/index.ts'
import { declaredBy } from '../plan.ts'

export default stackRule(
  {
    name: 'pod-addresses-suffice',
    description: "The pods' subnet has an address for every pod that nodes take, also while all pools are renewed.",
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura pool-capacity'],
  },
  core.Subnet,
  (stack, tell) => {
    // Nodes have their own subnet; which of the two is the pods', no link tells.
    const linked = stack
      .of(containerengine.NodePool)
      .flatMap((pool) => stack.linked(pool, 'nodeConfigDetails', core.Subnet))
      .filter(({ name }) => name.endsWith('-pods'))
    const subnets = [...new Map(linked.map((subnet) => [subnet.urn, subnet])).values()]
    const { held, all } = planAddresses(
      readPools(declaredBy(stack)),
      subnets.flatMap(({ props }) => props.cidrBlock ?? []),
    )
    const [first] = subnets
    if (first && held > all)
      tell(first, {
        at: 'cidrBlock',
        holds: `${all} addresses, of which nodes hold ${held} ready`,
        write: 'a larger range, or fewer nodes',
      })
  },
)

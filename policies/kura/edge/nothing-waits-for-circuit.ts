import { core } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'nothing-waits-for-circuit',
    description: 'Nothing depends on a circuit, because a circuit waits for the partner for weeks.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura circuits'],
  },
  core.VirtualCircuit,
  (stack, tell) => {
    const circuits = new Map(stack.of(core.VirtualCircuit).map(({ urn, name }) => [urn, name]))
    for (const { name, urn, dependencies, propertyDependencies } of stack.resources) {
      const all = [...dependencies, ...Object.values(propertyDependencies).flat()]
      for (const circuit of new Set(all.flatMap((resource) => circuits.get(resource.urn) ?? [])))
        tell(
          { name, urn },
          { at: 'options.dependsOn', is: circuit, write: 'the gateway, which learns the routes of any circuit' },
        )
    }
  },
)

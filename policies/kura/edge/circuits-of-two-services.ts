import { core } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'circuits-of-two-services',
    description: 'No two circuits of a gateway end at the same service of the provider, which would take both with it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura circuits'],
  },
  core.VirtualCircuit,
  (_stack, tell, { each }) => {
    const before = new Map<string, string>()
    each(core.VirtualCircuit, (circuit) => {
      const { providerServiceId } = circuit.props
      if (!providerServiceId) return
      const other = before.get(providerServiceId)
      if (other) tell(circuit, { at: 'providerServiceId', is: providerServiceId, write: `another than ${other} has` })
      else before.set(providerServiceId, circuit.name)
    })
  },
)

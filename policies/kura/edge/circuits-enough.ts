import { core } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'circuits-enough',
    description: 'Production has two circuits to SINET, so that one can be lost.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura circuits'],
    settings: {
      circuits: setting<Record<string, number>>(
        { prod: 2 },
        {
          type: 'object',
          additionalProperties: { type: 'integer' },
          description: 'How many circuits an environment has at least, by the tag `environment` of its gateway.',
        },
      ),
    },
  },
  [core.Drg, core.VirtualCircuit],
  (stack, tell, { each, settings }) => {
    const circuits = stack.of(core.VirtualCircuit)
    each(core.Drg, (gateway) => {
      const asked = settings.circuits[gateway.props.freeformTags?.environment ?? ''] ?? 0
      const { length } = circuits.filter((circuit) =>
        stack.linked(circuit, 'gatewayId', core.Drg).some(({ urn }) => urn === gateway.urn),
      )
      if (length < asked)
        tell(gateway, { lacks: `second way to SINET: ${length} of ${asked} circuits`, write: 'a VirtualCircuit more' })
    })
  },
)

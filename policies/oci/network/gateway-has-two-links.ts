import { core } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { linkedTo } from '../links.ts'

export default stackRule<{ least: number; stacks: string[] }>(
  {
    name: 'gateway-has-two-links',
    description: 'A gateway that joins a site of one’s own has several circuits or VPNs: one of them fails some day.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP circuits'],
    settings: {
      least: setting(2, { type: 'integer', minimum: 1, description: 'How many circuits and VPNs are enough.' }),
      stacks: setting<string[]>([], {
        type: 'array',
        items: { type: 'string' },
        description: 'Stacks whose gateways have to have as many; where none is named, all that have any.',
      }),
    },
  },
  core.Drg,
  (stack, tell, { each, settings: { least, stacks } }) =>
    each(core.Drg, (gateway) => {
      const [, , name = ''] = gateway.urn.split(':')
      const asked = stacks.includes(name)
      if (stacks.length > 0 && !asked) return
      const links = [
        ...linkedTo(stack, gateway, core.VirtualCircuit, 'gatewayId'),
        ...linkedTo(stack, gateway, core.Ipsec, 'drgId'),
      ].length
      // One without any may join networks with each other, unless its stack is named.
      if ((links > 0 || asked) && links < least)
        tell(gateway, {
          at: 'the number of circuits and VPNs',
          is: links,
          write: `${least} or more, by different providers or at different locations`,
        })
    }),
)

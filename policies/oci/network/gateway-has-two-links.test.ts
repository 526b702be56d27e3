import { core } from '@pulumi/oci'
import { describe } from 'vitest'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './gateway-has-two-links.ts'

const gateway = declared(core.Drg, 'gateway')
const circuit = (name: string) =>
  declared(core.VirtualCircuit, name, { gatewayId: UNKNOWN }, { linked: { gatewayId: [gateway] } })
const vpn = declared(core.Ipsec, 'vpn', { drgId: UNKNOWN }, { linked: { drgId: [gateway] } })

cases(rule, {
  passes: {
    'two circuits, though no id is known yet': [gateway, circuit('one'), circuit('two')],
    'a circuit and a VPN': [gateway, circuit('one'), vpn],
    'a gateway between networks alone': [gateway],
  },
  breaks: {
    'one circuit': [
      [gateway, circuit('one')],
      'gateway: the number of circuits and VPNs is 1; write 2 or more, by different providers or at different locations.',
    ],
    'a second circuit to another gateway': [
      [gateway, circuit('one'), declared(core.VirtualCircuit, 'two')],
      /the number of circuits and VPNs is 1/,
    ],
  },
})

describe('with settings', () => {
  cases(rule, {
    config: { least: 3, stacks: ['stack'] },
    passes: {},
    breaks: {
      'two circuits where three are asked': [[gateway, circuit('one'), circuit('two')], /is 2; write 3 or more/],
      'a gateway without any, in a stack that is named': [gateway, /is 0; write 3 or more/],
    },
  })
  cases(rule, {
    config: { stacks: ['prod'] },
    passes: { 'one circuit in a stack that it is not asked of': [gateway, circuit('one')] },
    breaks: {},
  })
})

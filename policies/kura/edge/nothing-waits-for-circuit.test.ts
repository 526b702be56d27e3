import { core } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './nothing-waits-for-circuit.ts'

const gateway = declared(core.Drg, 'gateway')
const circuit = declared(core.VirtualCircuit, 'circuit', {}, { linked: { gatewayId: [gateway] } })
const told = 'routes: options.dependsOn is "circuit"; write the gateway, which learns the routes of any circuit.'

cases(rule, {
  passes: {
    'what depends on the gateway': [
      gateway,
      circuit,
      declared(core.RouteTable, 'routes', {}, { dependencies: [gateway.urn] }),
    ],
  },
  breaks: {
    'what waits for a circuit': [
      [gateway, circuit, declared(core.RouteTable, 'routes', {}, { dependencies: [circuit.urn] })],
      told,
    ],
    'what names a circuit': [
      [
        gateway,
        circuit,
        declared(core.RouteTable, 'routes', {}, { dependencies: [circuit.urn], linked: { routeRules: [circuit] } }),
      ],
      told,
    ],
  },
})

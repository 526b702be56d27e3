import { core } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './circuits-enough.ts'

const gateway = (environment?: string) =>
  declared(core.Drg, 'gateway', { freeformTags: environment ? { environment } : undefined })
const other = declared(core.Drg, 'other', {})
const circuits = (number: number, to = gateway('prod')) =>
  Array.from({ length: number }, (_, place) =>
    declared(core.VirtualCircuit, `circuit-${place}`, {}, { linked: { gatewayId: [to] } }),
  )

cases(rule, {
  passes: {
    'two in production': [gateway('prod'), ...circuits(2)],
    'one for verification': [gateway('dev'), ...circuits(1)],
    'a gateway that says nothing of its environment': gateway(),
  },
  breaks: {
    'one in production': [
      [gateway('prod'), ...circuits(1)],
      'gateway has no second way to SINET: 1 of 2 circuits; write a VirtualCircuit more.',
    ],
    'a second one at another gateway': [
      [gateway('prod'), other, ...circuits(1), ...circuits(1, other)],
      'gateway has no second way to SINET: 1 of 2 circuits; write a VirtualCircuit more.',
    ],
  },
})

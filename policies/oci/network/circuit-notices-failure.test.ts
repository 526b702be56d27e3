import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './circuit-notices-failure.ts'

const circuit = (isBfdEnabled?: boolean | string, type = 'PRIVATE') =>
  declared(core.VirtualCircuit, 'circuit', { type, isBfdEnabled })

cases(rule, {
  passes: {
    'a circuit with BFD': circuit(true),
    'a public circuit, which joins no gateway': circuit(false, 'PUBLIC'),
  },
  breaks: {
    'a circuit that says nothing': [
      circuit(),
      'circuit: isBfdEnabled is not set; write true, and have the other end speak BFD.',
    ],
    'a circuit without': [circuit(false), /isBfdEnabled is false/],
    'a value that nobody knows yet': [
      circuit(UNKNOWN),
      'Could not be judged: circuit: isBfdEnabled is not known before the deployment.',
    ],
  },
})

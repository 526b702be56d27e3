import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './circuit-loss-detected.ts'

const circuit = (isBfdEnabled?: unknown) => declared(core.VirtualCircuit, 'circuit', { isBfdEnabled })

cases(rule, {
  passes: { 'a circuit with BFD': circuit(true) },
  breaks: {
    'a circuit without': [circuit(false), 'circuit: isBfdEnabled is false; write true.'],
    'a circuit that says nothing': [circuit(), 'circuit: isBfdEnabled is not set; write true.'],
    'what nobody knows yet': [circuit(UNKNOWN), /^Could not be judged: circuit: isBfdEnabled/],
  },
})

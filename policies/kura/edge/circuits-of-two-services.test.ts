import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './circuits-of-two-services.ts'

const circuit = (name: string, providerServiceId?: string) => declared(core.VirtualCircuit, name, { providerServiceId })

cases(rule, {
  passes: {
    'two services': [circuit('first', 'ocid1.one'), circuit('second', 'ocid1.two')],
    'circuits without a provider': [circuit('first'), circuit('second', '')],
  },
  breaks: {
    'one service for both': [
      [circuit('first', 'ocid1.one'), circuit('second', 'ocid1.one')],
      'second: providerServiceId is "ocid1.one"; write another than first has.',
    ],
    'one that nobody knows yet': [circuit('first', UNKNOWN), /^Could not be judged: first: providerServiceId/],
  },
})

import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './ingress-by-groups.ts'

const list = (inputs: Record<string, unknown>) => declared(core.SecurityList, 'list', inputs)

cases(rule, {
  passes: {
    'a list that says nothing': list({}),
    'a list without rules': list({ ingressSecurityRules: [] }),
    'rules for what goes out': list({ egressSecurityRules: [{ protocol: '6', destination: '10.0.0.0/16' }] }),
  },
  breaks: {
    'a rule for what comes in': [
      list({ ingressSecurityRules: [{ protocol: '6', source: '10.0.0.0/16' }] }),
      'list: ingressSecurityRules holds rules for whole subnets; write [], and a NetworkSecurityGroupSecurityRule for each.',
    ],
    'rules that nobody knows yet': [list({ ingressSecurityRules: UNKNOWN }), /^list: ingressSecurityRules holds/],
  },
})

import { core } from '@pulumi/oci'
import { describe } from 'vitest'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './subnet-private.ts'

const subnet = (inputs: Record<string, unknown>) => declared(core.Subnet, 'doors', inputs)

cases(rule, {
  passes: {
    'a subnet without ingress from the internet': subnet({ prohibitInternetIngress: true }),
    'a subnet without public addresses': subnet({ prohibitPublicIpOnVnic: true }),
  },
  breaks: {
    'a subnet that says nothing': [subnet({}), 'doors: prohibitInternetIngress is not set; write true.'],
    'a public subnet': [
      subnet({ prohibitInternetIngress: false }),
      'doors: prohibitInternetIngress is false; write true.',
    ],
    'a value that nobody knows yet': [
      subnet({ prohibitInternetIngress: UNKNOWN }),
      'Could not be judged: doors: prohibitInternetIngress is not known before the deployment.',
    ],
  },
})

describe('where it is meant to be public', () => {
  cases(rule, {
    config: { public: ['doors'] },
    passes: { 'that subnet': subnet({}) },
    breaks: { another: [declared(core.Subnet, 'nodes'), /^nodes: prohibitInternetIngress/] },
  })
})

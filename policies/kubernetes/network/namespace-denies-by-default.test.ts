import { core, networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './namespace-denies-by-default.ts'

const namespace = declared(core.v1.Namespace, 'web-namespace', { metadata: { name: 'web' } })
const policy = (spec: object, name = 'deny', of: unknown = 'web') =>
  declared(networking.v1.NetworkPolicy, name, { metadata: { namespace: of }, spec: { podSelector: {}, ...spec } })
const BOTH = { policyTypes: ['Ingress', 'Egress'] }
const told = (direction: string) =>
  `web-namespace has no policy that denies ${direction.toLowerCase()} to all of its pods; ` +
  `write a NetworkPolicy with podSelector {} and policyTypes ["${direction}"].`

cases(rule, {
  passes: {
    'one policy for both directions': [namespace, policy(BOTH)],
    'a policy for each direction': [
      namespace,
      policy({}, 'in'),
      policy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] }, 'out'),
    ],
    'policies where no namespace is declared': policy({ podSelector: { matchLabels: { app: 'web' } } }),
  },
  breaks: {
    'no policy': [namespace, told('Ingress'), told('Egress')],
    "another namespace's policy": [[namespace, policy(BOTH, 'deny', 'mail')], told('Ingress'), told('Egress')],
    'a policy for what comes in alone': [[namespace, policy({})], told('Egress')],
    'a policy for some pods': [
      [namespace, policy({ ...BOTH, podSelector: { matchLabels: { app: 'web' } } })],
      told('Ingress'),
      told('Egress'),
    ],
    'a policy that lets pass everything': [[namespace, policy({ ...BOTH, egress: [{}] })], told('Egress')],
    'a namespace that nobody knows yet': [
      [namespace, policy(BOTH, 'deny', UNKNOWN)],
      /^Could not be judged: stack: .*metadata.namespace is not known before the deployment\.$/,
    ],
  },
})

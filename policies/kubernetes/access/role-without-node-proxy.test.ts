import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './role-without-node-proxy.ts'

const role = (resources: string[], verbs: unknown = ['get']) =>
  declared(rbac.v1.ClusterRole, 'metrics', { rules: [{ apiGroups: [''], resources, verbs }] })
const told = (holds: string) =>
  `metrics: rules[0] holds ${holds}; write nodes/metrics, nodes/stats or nodes/log instead of nodes/proxy.`

cases(rule, {
  passes: { 'metrics of nodes': role(['nodes', 'nodes/metrics']) },
  breaks: {
    'reading by the proxy': [role(['nodes/proxy']), told('get on nodes/proxy')],
    'writing by it': [role(['nodes/proxy'], ['create']), told('create on nodes/proxy')],
    "every resource's proxy": [role(['*/proxy']), told('get on */proxy')],
    'verbs that nobody knows yet': [
      role(['nodes/proxy'], UNKNOWN),
      'Could not be judged: metrics: rules.0.verbs is not known before the deployment.',
    ],
  },
})

import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { namespace } from '../../../test/support/workloads.ts'
import rule from './namespace-enforces-pod-security.ts'

cases(rule, {
  passes: {
    'a restricted namespace': namespace('shop', 'restricted'),
    'a baseline namespace': namespace('shop', 'baseline'),
    'what is no namespace': declared(core.v1.Service, 'shop', { metadata: {} }),
  },
  breaks: {
    'a namespace that says nothing': [
      namespace('shop'),
      'shop: metadata.labels["pod-security.kubernetes.io/enforce"] is not set; write "restricted", or "baseline" where that is too much.',
    ],
    'a namespace without metadata': [declared(core.v1.Namespace, 'shop'), /is not set/],
    'a namespace that lets everything in': [namespace('shop', 'privileged'), /is "privileged"; write "restricted"/],
    'a level that there is not': [namespace('shop', 'Restricted'), /is "Restricted"/],
    'a namespace that only warns': [
      declared(core.v1.Namespace, 'shop', { metadata: { labels: { 'pod-security.kubernetes.io/warn': 'baseline' } } }),
      /enforce"\] is not set/,
    ],
    'a level that nobody knows yet': [namespace('shop', UNKNOWN), /^Could not be judged: shop/],
  },
})

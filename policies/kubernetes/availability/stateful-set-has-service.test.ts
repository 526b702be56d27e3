import { apps, core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './stateful-set-has-service.ts'

const set = (serviceName?: unknown) =>
  declared(apps.v1.StatefulSet, 'set', { metadata: { namespace: 'web' }, spec: { serviceName } })
const service = (clusterIP?: string, namespace = 'web') =>
  declared(core.v1.Service, 'service', { metadata: { name: 'peers', namespace }, spec: { clusterIP } })
const absent = (is: string) => `set: spec.serviceName is ${is}; write a headless Service of the namespace web.`

cases(rule, {
  passes: { 'a headless Service': [set('peers'), service('None')] },
  breaks: {
    'no name': [[set(), service('None')], absent('not set')],
    'a Service that there is not': [set('peers'), absent('"peers"')],
    'a Service of another namespace': [[set('peers'), service('None', 'mail')], absent('"peers"')],
    'a Service with an address': [
      [set('peers'), service()],
      'set: spec.serviceName is "peers"; write a Service with clusterIP "None", which that one has not.',
    ],
    'a name that nobody knows yet': [
      [set(UNKNOWN), service('None')],
      'Could not be judged: set: spec.serviceName is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { elsewhere: ['web'] },
  passes: { 'a Service that something else makes': set('peers') },
  breaks: {},
})

import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './route-backend-exists.ts'

const route = (backend: object, kind = 'v1:HTTPRoute') =>
  declared(`kubernetes:gateway.networking.k8s.io/${kind}`, 'route', {
    metadata: { namespace: 'web' },
    spec: { rules: [{ filters: [] }, { backendRefs: [backend] }] },
  })
const site = (namespace = 'web') =>
  declared(core.v1.Service, 'service', { metadata: { name: 'site', namespace }, spec: { ports: [{ port: 80 }] } })
const AT = 'route: spec.rules[1].backendRefs[0]'
const queue = declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'queue', {
  metadata: { name: 'queue', namespace: 'web' },
})

cases(rule, {
  passes: {
    'a Service of its namespace': [route({ name: 'site', port: 80 }), site()],
    'a Service of another one': [route({ name: 'site', namespace: 'mail', port: 80 }), site('mail')],
    "an operator's Service, whose ports it chooses": [route({ name: 'queue', port: 15672 }), queue],
    'a backend of another kind': route({ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'bucket' }),
  },
  breaks: {
    'a Service that there is not': [
      [route({ name: 'sites', port: 80 }), site()],
      `${AT}.name is "sites"; write a Service of the namespace web.`,
    ],
    'a Service that is elsewhere': [
      [route({ name: 'site', port: 80 }), site('mail')],
      `${AT}.name is "site"; write a Service of the namespace web.`,
    ],
    'a port that it does not have': [
      [route({ name: 'site', port: 8080 }), site()],
      `${AT}.port is 8080; write a port of the Service site.`,
    ],
    'no port': [[route({ name: 'site' }), site()], `${AT}.port is not set; write a port of the Service site.`],
    'a route of another protocol': [
      [route({ name: 'sites', port: 80 }, 'v1alpha2:TCPRoute'), site()],
      `${AT}.name is "sites"; write a Service of the namespace web.`,
    ],
    'a Service that nobody knows yet': [
      [route({ name: UNKNOWN, port: 80 }), site()],
      'Could not be judged: route: spec.rules.1.backendRefs.0.name is not known before the deployment.',
    ],
  },
})

import { core, networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './ingress-backend-exists.ts'

const ingress = (service: object, more: object = {}) =>
  declared(networking.v1.Ingress, 'door', {
    metadata: { namespace: 'web' },
    spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service } }] } }], ...more },
  })
const site = (namespace = 'web', ports: object[] = [{ name: 'http', port: 80 }]) =>
  declared(core.v1.Service, 'service', {
    metadata: { name: 'site', namespace },
    spec: { ports },
  })
const AT = 'door: spec.rules[0].http.paths[0].backend.service'
const gateway = declared('kubernetes:gateway.networking.k8s.io/v1:Gateway', 'gateway', {
  metadata: { name: 'edge', namespace: 'web' },
  spec: { gatewayClassName: 'istio', listeners: [{ name: 'web', port: 10080, protocol: 'HTTP' }] },
})

cases(rule, {
  passes: {
    'a port by its number': [ingress({ name: 'site', port: { number: 80 } }), site()],
    'a port by its name': [ingress({ name: 'site', port: { name: 'http' } }), site()],
    "a Gateway's Service": [ingress({ name: 'edge', port: { number: 10080 } }), gateway],
    "a Gateway's Service that bears its class too": [ingress({ name: 'edge-istio', port: { number: 10080 } }), gateway],
    'a backend that is no Service': declared(networking.v1.Ingress, 'door', {
      spec: { defaultBackend: { resource: { kind: 'Bucket', name: 'site' } } },
    }),
  },
  breaks: {
    'a Service that there is not': [
      [ingress({ name: 'sites', port: { number: 80 } }), site()],
      `${AT}.name is "sites"; write a Service of the namespace web.`,
    ],
    'a Service of another namespace': [
      [ingress({ name: 'site', port: { number: 80 } }), site('mail')],
      `${AT}.name is "site"; write a Service of the namespace web.`,
    ],
    'a port that it does not have': [
      [ingress({ name: 'site', port: { number: 8080 } }), site()],
      `${AT}.port is {"number":8080}; write a port of the Service site.`,
    ],
    'another port than the one without a name': [
      [ingress({ name: 'site', port: { number: 8080 } }), site('web', [{ port: 80 }])],
      `${AT}.port is {"number":8080}; write a port of the Service site.`,
    ],
    'a default that there is not': [
      [
        ingress(
          { name: 'site', port: { name: 'http' } },
          { defaultBackend: { service: { name: 'none', port: { number: 80 } } } },
        ),
        site(),
      ],
      'door: spec.defaultBackend.service.name is "none"; write a Service of the namespace web.',
    ],
    'a Service that nobody knows yet': [
      [ingress({ name: UNKNOWN, port: { number: 80 } }), site()],
      'Could not be judged: door: spec.rules.0.http.paths.0.backend.service.name is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { elsewhere: ['web'] },
  passes: { 'a Service that something else makes': ingress({ name: 'site', port: { number: 80 } }) },
  breaks: {},
})

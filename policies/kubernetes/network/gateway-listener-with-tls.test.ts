import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './gateway-listener-with-tls.ts'

const gateway = (listener: object, version = 'v1') =>
  declared(`kubernetes:gateway.networking.k8s.io/${version}:Gateway`, 'gateway', {
    metadata: { name: 'edge', namespace: 'web' },
    spec: {
      infrastructure: { parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'edge' } },
      listeners: [{ name: 'web', port: 80, ...listener }],
    },
  })
const proxy = (type?: string) =>
  declared('kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy', 'proxy', {
    metadata: { name: 'edge', namespace: 'web' },
    spec: { provider: { kubernetes: { envoyService: { type } } } },
  })
const redirect = declared('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute', 'route', {
  metadata: { namespace: 'web' },
  spec: {
    parentRefs: [{ name: 'edge' }],
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
  },
})
const PLAIN = gateway({ protocol: 'HTTP' })
const plain =
  'gateway: spec.listeners[0].protocol is "HTTP"; write "HTTPS", or routes that only send on to it, ' +
  'or a Service of type ClusterIP behind what ends TLS.'
const bare = 'gateway: spec.listeners[0].tls holds no certificate; write certificateRefs.'

cases(rule, {
  passes: {
    'a certificate': gateway({ protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'site' }] } }),
    'TLS that ends behind it': gateway({ protocol: 'TLS', tls: { mode: 'Passthrough' } }),
    "a certificate by the implementation's options": gateway({ protocol: 'HTTPS', tls: { options: { cert: 'a' } } }),
    'what sends everything on to HTTPS': [PLAIN, redirect],
    'what only others reach, which end TLS': [PLAIN, proxy('ClusterIP')],
  },
  breaks: {
    'a listener without TLS': [PLAIN, plain],
    'a listener without TLS by an older version': [gateway({ protocol: 'HTTP' }, 'v1beta1'), plain],
    'a load balancer before it, which ends nothing': [[PLAIN, proxy('LoadBalancer')], plain],
    'a Service of the usual type': [[PLAIN, proxy()], plain],
    'no certificate': [gateway({ protocol: 'HTTPS' }), bare],
    'an empty list of certificates': [gateway({ protocol: 'TLS', tls: { certificateRefs: [] } }), bare],
    'a protocol that nobody knows yet': [
      gateway({ protocol: UNKNOWN }),
      'Could not be judged: gateway: spec.listeners.0.protocol is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { inside: ['gateway'] },
  passes: { 'one that is known to be inside': PLAIN },
  breaks: {},
})

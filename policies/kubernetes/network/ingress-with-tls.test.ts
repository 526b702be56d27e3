import { networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './ingress-with-tls.ts'

const ingress = (spec: object = {}, annotations: object = {}) =>
  declared(networking.v1.Ingress, 'door', {
    metadata: { namespace: 'web', annotations },
    spec: {
      rules: [{ http: { paths: [{ backend: { service: { name: 'edge', port: { number: 10081 } } } }] } }],
      ...spec,
    },
  })
const gateway = declared('kubernetes:gateway.networking.k8s.io/v1:Gateway', 'gateway', {
  metadata: { name: 'edge', namespace: 'web' },
  spec: {
    listeners: [
      { name: 'web', port: 10080, protocol: 'HTTP' },
      { name: 'redirect', port: 10081, protocol: 'HTTP' },
    ],
  },
})
const route = (filters: object[], parent: object = {}) =>
  declared('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute', 'route', {
    metadata: { namespace: 'web' },
    spec: { parentRefs: [{ name: 'edge', sectionName: 'redirect', ...parent }], rules: [{ filters }] },
  })
const REDIRECT = { type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }
const OCID = 'oci-native-ingress.oraclecloud.com/certificate-ocid'
const told = 'door has no certificate; write spec.tls, or the annotation by which its controller takes one.'

cases(rule, {
  passes: {
    'a certificate in a Secret': ingress({ tls: [{ secretName: 'site' }] }),
    'a certificate of Oracle': ingress({}, { [OCID]: 'ocid1.certificate.oc1..site' }),
    'a certificate of Oracle that nobody knows yet': ingress({}, { [OCID]: UNKNOWN }),
    'what sends everything on to HTTPS': [ingress(), gateway, route([REDIRECT])],
    'what does so by a route of the whole Gateway': [ingress(), gateway, route([REDIRECT], { sectionName: undefined })],
  },
  breaks: {
    'no certificate': [ingress(), told],
    'an empty list': [ingress({ tls: [] }), told],
    'an annotation without a value': [ingress({}, { [OCID]: '' }), told],
    'a listener that nothing is attached to': [[ingress(), gateway], told],
    'a route that serves': [[ingress(), gateway, route([])], told],
    'one route of two that serves': [[ingress(), gateway, route([REDIRECT]), route([])], told],
    'a redirect that stays without TLS': [
      [ingress(), gateway, route([{ type: 'RequestRedirect', requestRedirect: { hostname: 'www.example' } }])],
      told,
    ],
    'a redirect of another listener': [[ingress(), gateway, route([REDIRECT], { sectionName: 'web' })], told],
    'a redirect of another Gateway': [[ingress(), gateway, route([REDIRECT], { namespace: 'mail' })], told],
    'TLS that nobody knows yet': [
      ingress({ tls: UNKNOWN }),
      'Could not be judged: door: spec.tls is not known before the deployment.',
    ],
  },
})

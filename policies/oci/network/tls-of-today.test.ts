import { loadbalancer } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './tls-of-today.ts'

const listener = (sslConfiguration?: unknown) => declared(loadbalancer.Listener, 'web', { sslConfiguration })
const ingress = (config: string) =>
  declared('kubernetes:networking.k8s.io/v1:Ingress', 'web', {
    metadata: { annotations: { 'oci-native-ingress.oraclecloud.com/listener-ssl-config': config } },
  })
const MODERN = 'oci-default-http2-tls-12-13-ssl-cipher-suite-v1'

cases(rule, {
  passes: {
    'a listener without TLS': listener(),
    'the protocols that OCI takes by itself': listener({ certificateIds: [UNKNOWN] }),
    'protocols of today': listener({ protocols: ['TLSv1.2', 'TLSv1.3'], cipherSuiteName: MODERN }),
    'an ingress of today': ingress(JSON.stringify({ protocols: ['TLSv1.3'], cipherSuiteName: MODERN })),
    'an ingress that says nothing': declared('kubernetes:networking.k8s.io/v1:Ingress', 'web', {
      metadata: { name: 'web' },
    }),
    'what the controller cannot read': ingress('{'),
  },
  breaks: {
    'a protocol of the past': [
      listener({ protocols: ['TLSv1.1', 'TLSv1.2'] }),
      'web: sslConfiguration.protocols is "TLSv1.1"; write "TLSv1.2" and "TLSv1.3".',
    ],
    'an old suite': [
      listener({ cipherSuiteName: 'oci-wider-compatible-ssl-cipher-suite-v1' }),
      `web: sslConfiguration.cipherSuiteName is "oci-wider-compatible-ssl-cipher-suite-v1"; write "${MODERN}".`,
    ],
    'what a load balancer speaks to what stands behind it': [
      declared(loadbalancer.BackendSet, 'behind', { sslConfiguration: { protocols: ['TLSv1'] } }),
      /^behind: sslConfiguration\.protocols is "TLSv1"/,
    ],
    'an ingress with both': [
      ingress(JSON.stringify({ protocols: ['TLSv1.1'], cipherSuiteName: 'oci-compatible-ssl-cipher-suite-v1' })),
      /^web: metadata\.annotations\["oci-native-ingress\.oraclecloud\.com\/listener-ssl-config"\]\.protocols is "TLSv1\.1"/,
      /\.cipherSuiteName is "oci-compatible-ssl-cipher-suite-v1"/,
    ],
    'protocols that nobody knows yet': [
      listener({ protocols: UNKNOWN }),
      'Could not be judged: web: sslConfiguration.protocols is not known before the deployment.',
    ],
  },
})

import { loadbalancer } from '@pulumi/oci'
import { custom, resourceRule } from '../../rule/index.ts'

const TODAY = ['TLSv1.2', 'TLSv1.3']

/** Suites of OCI with ciphers of TLS 1.0 and 1.1. */
const OLD_SUITES = [
  'oci-compatible-ssl-cipher-suite-v1',
  'oci-wider-compatible-ssl-cipher-suite-v1',
  'oci-tls-11-12-13-wider-ssl-cipher-suite-v1',
]

const Ingress = custom<{ metadata?: { annotations?: Record<string, string> } }>(
  'kubernetes:networking.k8s.io/v1:Ingress',
)

/** What tells the native ingress controller how a listener speaks TLS. */
const ANNOTATION = 'oci-native-ingress.oraclecloud.com/listener-ssl-config'

interface Tls {
  protocols?: string[] | undefined
  cipherSuiteName?: string | undefined
}

export default resourceRule(
  {
    name: 'tls-of-today',
    description: 'Load balancers speak TLS 1.2 or 1.3, to readers and to what stands behind them.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  [loadbalancer.Listener, loadbalancer.BackendSet, Ingress],
  (props, tell) => {
    const annotation = 'metadata' in props ? props.metadata?.annotations?.[ANNOTATION] : undefined
    const [at, tls] = annotation
      ? [`metadata.annotations["${ANNOTATION}"]`, parsed(annotation)]
      : ['sslConfiguration', 'sslConfiguration' in props ? props.sslConfiguration : undefined]
    // Where no protocol is named, OCI takes TLS 1.2.
    for (const protocol of tls?.protocols ?? [])
      if (!TODAY.includes(protocol)) tell({ at: `${at}.protocols`, is: protocol, write: '"TLSv1.2" and "TLSv1.3"' })
    if (OLD_SUITES.includes(tls?.cipherSuiteName ?? ''))
      tell({
        at: `${at}.cipherSuiteName`,
        is: tls?.cipherSuiteName,
        write: '"oci-default-http2-tls-12-13-ssl-cipher-suite-v1"',
      })
  },
)

/** What the controller cannot read, it does not follow either. */
function parsed(annotation: string): Tls | undefined {
  try {
    return JSON.parse(annotation) ?? undefined
  } catch {
    return undefined
  }
}

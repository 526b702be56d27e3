import { networking } from '@pulumi/kubernetes'
import { isSet, type Stack, setting, stackRule } from '../../rule/index.ts'
import { GATEWAYS, redirects } from '../gateways.ts'
import { type Backend, backendsOf } from '../ingresses.ts'
import { namespaceOf, objectName } from '../objects.ts'

export default stackRule(
  {
    name: 'ingress-with-tls',
    description: 'An Ingress serves by TLS, or does nothing but send requests on to where it is.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Polaris tlsSettingsMissing'],
    settings: {
      annotations: setting<string[]>(
        [
          'oci-native-ingress.oraclecloud.com/certificate-ocid',
          'alb.ingress.kubernetes.io/certificate-arn',
          'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
          'ingress.gcp.kubernetes.io/pre-shared-cert',
          'networking.gke.io/managed-certificates',
        ],
        {
          type: 'array',
          items: { type: 'string' },
          description: 'Annotations by which controllers take a certificate from elsewhere than a Secret.',
        },
      ),
    },
  },
  networking.v1.Ingress,
  (stack, tell, { each, settings }) => {
    each(networking.v1.Ingress, (ingress) => {
      const { metadata, spec } = ingress.props
      const annotations = (metadata?.annotations ?? {}) as Record<string, unknown>
      if (spec?.tls?.length || settings.annotations.some((key) => isSet(annotations, key))) return
      const backends = backendsOf(ingress.props)
      if (backends.length && backends.every((backend) => leadsToTls(stack, namespaceOf(ingress), backend))) return
      tell(ingress, { lacks: 'certificate', write: 'spec.tls, or the annotation by which its controller takes one' })
    })
  },
)

/** Whether a backend is a listener of a Gateway that sends everything on to HTTPS. */
function leadsToTls(stack: Stack, namespace: string, { name, port }: Backend): boolean {
  return stack.of(GATEWAYS).some((gateway) => {
    if (namespaceOf(gateway) !== namespace || objectName(gateway) !== name) return false
    const listener = gateway.props.spec?.listeners?.find((one) => one.port === port?.number)
    return listener !== undefined && redirects(stack, gateway, listener)
  })
}

import { networking } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { IngressClassParameters } from '../kinds.ts'
import rule from './door-opens-https.ts'

const PREFIX = 'oci-native-ingress.oraclecloud.com/'
const door = (controller = 'oci.oraclecloud.com/native-ingress-controller') =>
  object(networking.v1.IngressClass, '/door', { controller, parameters: { name: 'door', namespace: 'edge' } })
const inside = object(IngressClassParameters, 'edge/door', { isPrivate: true })
const ingress = (annotations: Record<string, string>, ingressClassName = 'door') =>
  object(networking.v1.Ingress, 'edge/web', { ingressClassName }, { annotations })
const secure = { [`${PREFIX}https-listener-port`]: '443', [`${PREFIX}certificate-ocid`]: 'ocid1.certificate' }
const told = `door has no Ingress that opens HTTPS; write one with the annotations ${PREFIX}https-listener-port and ${PREFIX}certificate-ocid.`

cases(rule, {
  passes: {
    'a load balancer with a certificate': [door(), ingress(secure)],
    'one whose OCID nobody knows yet': [door(), ingress({ ...secure, [`${PREFIX}certificate-ocid`]: UNKNOWN })],
    'a private load balancer': [door(), inside],
    'a class of another controller': [door('ingress.example/other')],
  },
  breaks: {
    'a load balancer without HTTPS': [[door(), ingress({ [`${PREFIX}http-listener-port`]: '80' })], told],
    'HTTPS at another load balancer': [[door(), ingress(secure, 'other')], told],
    'HTTPS without a certificate': [
      [door(), ingress({ [`${PREFIX}https-listener-port`]: '443' })],
      `web: metadata.annotations["${PREFIX}certificate-ocid"] is not set; write the OCID of the certificate.`,
    ],
  },
})

import { networking } from '@pulumi/kubernetes'
import { isSet, stackRule } from '../../rule/index.ts'
import { INGRESS, ingressesOf, publicDoors } from '../doors.ts'

export default stackRule(
  {
    name: 'door-opens-https',
    description: 'Every public load balancer is opened by HTTPS, with a certificate.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura host-certificate'],
  },
  [networking.v1.IngressClass, networking.v1.Ingress],
  (stack, tell) => {
    for (const door of publicDoors(stack)) {
      const secure = ingressesOf(stack, door, 'https')
      if (secure.length === 0)
        tell(door.ingressClass, {
          lacks: 'Ingress that opens HTTPS',
          write: `one with the annotations ${INGRESS}https-listener-port and ${INGRESS}certificate-ocid`,
        })
      const at = `${INGRESS}certificate-ocid`
      for (const ingress of secure)
        if (!isSet(ingress.props.metadata?.annotations, at))
          tell(ingress, { at: `metadata.annotations["${at}"]`, is: undefined, write: 'the OCID of the certificate' })
    }
  },
)

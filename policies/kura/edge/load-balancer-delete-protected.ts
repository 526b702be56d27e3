import { networking } from '@pulumi/kubernetes'
import { loadbalancer } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { INGRESS, publicDoors } from '../doors.ts'

const ANNOTATION = `${INGRESS}delete-protection-enabled`

export default stackRule(
  {
    name: 'load-balancer-delete-protected',
    description: 'A load balancer is deleted neither by hand nor with the IngressClass that names it.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura protected'],
  },
  [loadbalancer.LoadBalancer, networking.v1.IngressClass],
  (stack, tell, { each }) => {
    each(loadbalancer.LoadBalancer, (balancer) => {
      const { isDeleteProtectionEnabled } = balancer.props
      if (isDeleteProtectionEnabled !== true)
        tell(balancer, { at: 'isDeleteProtectionEnabled', is: isDeleteProtectionEnabled, write: 'true' })
    })
    for (const { ingressClass } of publicDoors(stack)) {
      const said = ingressClass.props.metadata?.annotations?.[ANNOTATION]
      if (said !== 'true')
        tell(ingressClass, { at: `metadata.annotations["${ANNOTATION}"]`, is: said, write: '"true"' })
    }
  },
)

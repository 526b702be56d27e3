import { networking } from '@pulumi/kubernetes'
import { isSet, stackRule } from '../../rule/index.ts'
import { INGRESS, publicDoors } from '../doors.ts'

/** The firewall's policy, and the firewall that stands before the load balancer: without it the controller makes one. */
const ANNOTATIONS = { 'waf-policy-ocid': 'an AppFirewallPolicy', 'firewall-id': 'the AppFirewall of its load balancer' }

export default stackRule(
  {
    name: 'ingress-class-firewall',
    description: 'Every public load balancer that an IngressClass stands for has a web application firewall.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura waf'],
  },
  networking.v1.IngressClass,
  (stack, tell) => {
    for (const { ingressClass } of publicDoors(stack))
      for (const [annotation, what] of Object.entries(ANNOTATIONS))
        if (!isSet(ingressClass.props.metadata?.annotations, `${INGRESS}${annotation}`))
          tell(ingressClass, {
            at: `metadata.annotations["${INGRESS}${annotation}"]`,
            is: undefined,
            write: `the OCID of ${what}`,
          })
  },
)

import { networking } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { IngressClassParameters } from '../kinds.ts'
import rule from './ingress-class-firewall.ts'

const PREFIX = 'oci-native-ingress.oraclecloud.com/'
const policy = { [`${PREFIX}waf-policy-ocid`]: UNKNOWN }
const firewall = { [`${PREFIX}firewall-id`]: 'ocid1.appfirewall' }
const door = (annotations?: object, controller = 'oci.oraclecloud.com/native-ingress-controller') =>
  object(
    networking.v1.IngressClass,
    '/door',
    { controller, parameters: { name: 'door', namespace: 'edge' } },
    { annotations },
  )
const lacks = (annotation: string, what: string) =>
  `door: metadata.annotations["${PREFIX}${annotation}"] is not set; write the OCID of ${what}.`

cases(rule, {
  passes: {
    'a class with both, also where nobody knows them yet': door({ ...policy, ...firewall }),
    'a private load balancer': [door(), object(IngressClassParameters, 'edge/door', { isPrivate: true })],
    'a class of another controller': door({}, 'ingress.example/other'),
  },
  breaks: {
    'a class without': [
      [door(), object(IngressClassParameters, 'edge/door', {})],
      lacks('waf-policy-ocid', 'an AppFirewallPolicy'),
      lacks('firewall-id', 'the AppFirewall of its load balancer'),
    ],
    'an empty text': [
      door({ ...firewall, [`${PREFIX}waf-policy-ocid`]: '' }),
      lacks('waf-policy-ocid', 'an AppFirewallPolicy'),
    ],
    'a policy alone': [door(policy), lacks('firewall-id', 'the AppFirewall of its load balancer')],
  },
})

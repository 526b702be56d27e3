import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './ingress-class-behind-waf.ts'

const parameters = (isPrivate: boolean) =>
  declared('kubernetes:ingress.oraclecloud.com/v1beta1:IngressClassParameters', 'parameters', { spec: { isPrivate } })
const ingressClass = (
  policy?: string,
  isPrivate = false,
  controller = 'oci.oraclecloud.com/native-ingress-controller',
) =>
  declared(
    'kubernetes:networking.k8s.io/v1:IngressClass',
    'door',
    {
      metadata: { annotations: { 'oci-native-ingress.oraclecloud.com/waf-policy-ocid': policy } },
      spec: { controller, parameters: { name: UNKNOWN } },
    },
    { linked: { spec: [parameters(isPrivate)] } },
  )
const none =
  'door: metadata.annotations["oci-native-ingress.oraclecloud.com/waf-policy-ocid"] is not set; write the id of an AppFirewallPolicy.'

cases(rule, {
  passes: {
    'a policy that nobody knows yet': [parameters(false), ingressClass(UNKNOWN)],
    'private load balancers': [parameters(true), ingressClass(undefined, true)],
    'the class of another controller': ingressClass(undefined, false, 'example.org/controller'),
    'a class that says nothing': declared('kubernetes:networking.k8s.io/v1:IngressClass', 'door'),
  },
  breaks: {
    'a class without a policy': [[parameters(false), ingressClass()], none],
    'an empty text': [[parameters(false), ingressClass('')], none],
    'a controller that nobody knows yet': [
      ingressClass(undefined, false, UNKNOWN),
      'Could not be judged: door: spec.controller is not known before the deployment.',
    ],
  },
})

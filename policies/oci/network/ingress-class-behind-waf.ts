import { custom, isSet, stackRule } from '../../rule/index.ts'

const CONTROLLER = 'oci.oraclecloud.com/native-ingress-controller'
const POLICY = 'oci-native-ingress.oraclecloud.com/waf-policy-ocid'

const IngressClass = custom<{
  metadata?: { annotations?: Record<string, string> }
  spec?: { controller?: string }
}>('kubernetes:networking.k8s.io/v1:IngressClass')
const Parameters = custom<{ spec?: { isPrivate?: boolean } }>(
  'kubernetes:ingress.oraclecloud.com/v1beta1:IngressClassParameters',
)

/** The controller makes load balancers that no program declares, and takes a firewall away that it does not know of. */
export default stackRule(
  {
    name: 'ingress-class-behind-waf',
    description: 'The native ingress controller puts a web application firewall before its public load balancers.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  IngressClass,
  (stack, tell, { each }) =>
    each(IngressClass, (ingressClass) => {
      const { metadata, spec } = ingressClass.props
      if (spec?.controller !== CONTROLLER || isSet(metadata?.annotations, POLICY)) return
      if (stack.linked(ingressClass, 'spec', Parameters).some(({ props }) => props.spec?.isPrivate)) return
      tell(ingressClass, {
        at: `metadata.annotations["${POLICY}"]`,
        is: undefined,
        write: 'the id of an AppFirewallPolicy',
      })
    }),
)

import { core, networking } from '@pulumi/kubernetes'
import { loadbalancer } from '@pulumi/oci'
import { isSet, stackRule } from '../../rule/index.ts'
import { publicDoors } from '../doors.ts'

const RESERVED_IPS = 'oci.oraclecloud.com/reserved-ips'
const INTERNAL = /\/(oci-load-balancer-|oci-network-load-balancer-)?internal$/

export default stackRule(
  {
    name: 'load-balancer-address-reserved',
    description: 'Every public load balancer has a reserved address, so that institutions never have to change theirs.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura reserved-address'],
  },
  [loadbalancer.LoadBalancer, networking.v1.IngressClass, core.v1.Service],
  (stack, tell, { each }) => {
    const write = 'the OCID of a PublicIp whose lifetime is "RESERVED"'
    each(loadbalancer.LoadBalancer, (balancer) => {
      if (balancer.props.isPrivate !== true && !balancer.props.reservedIps?.length)
        tell(balancer, { at: 'reservedIps', is: undefined, write })
    })
    for (const { parameters } of publicDoors(stack))
      if (parameters && !isSet(parameters.props.spec, 'reservedPublicAddressId'))
        tell(parameters, { at: 'spec.reservedPublicAddressId', is: undefined, write })
    each(core.v1.Service, (service) => {
      const { annotations = {} } = service.props.metadata ?? {}
      const internal = Object.keys(annotations).some((key) => INTERNAL.test(key) && annotations[key] === 'true')
      if (service.props.spec?.type === 'LoadBalancer' && !internal && !isSet(annotations, RESERVED_IPS))
        tell(service, {
          at: `metadata.annotations["${RESERVED_IPS}"]`,
          is: undefined,
          write: 'the ipAddress of a PublicIp whose lifetime is "RESERVED"',
        })
    })
  },
)

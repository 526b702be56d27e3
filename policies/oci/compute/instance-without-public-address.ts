import { core } from '@pulumi/oci'
import { type Declared, isSet, type Kind, stackRule } from '../../rule/index.ts'
import { waysOf } from '../instances.ts'
import { isPrivate } from '../subnets.ts'

export default stackRule(
  {
    name: 'instance-without-public-address',
    description: 'No instance has a public address: what is meant for everybody is reached by a load balancer.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP compute'],
  },
  [core.Instance, core.VnicAttachment, core.InstanceConfiguration, core.InstancePool, core.PublicIp],
  (stack, tell, { each }) => {
    const inPrivateSubnets = (declared: Declared<Kind>, ...properties: string[]) => {
      const subnets = properties.flatMap((property) => stack.linked(declared, property, core.Subnet))
      return subnets.length > 0 && subnets.every(({ props }) => isPrivate(props))
    }
    type Vnic = { assignPublicIp?: unknown } | undefined
    const judge = (declared: Declared<Kind>, vnic: Vnic, at: string) => {
      // It is a text to OCI, and a truth value to many who write it.
      const assigned = String(vnic?.assignPublicIp ?? '').toLowerCase()
      if (assigned === 'false') return
      const [property = ''] = at.split('.')
      // Where nothing is said, OCI assigns one unless the subnet forbids it. Once, the subnet stood beside the interface.
      if (assigned === '' && inPrivateSubnets(declared, property, 'subnetId')) return
      tell(declared, { at: `${at}.assignPublicIp`, is: vnic?.assignPublicIp, write: '"false"' })
    }
    each(core.Instance, (instance) => {
      if (!isSet(instance.props, 'instanceConfigurationId') || isSet(instance.props, 'createVnicDetails'))
        judge(instance, instance.props.createVnicDetails, 'createVnicDetails')
    })
    each(core.VnicAttachment, (attachment) =>
      judge(attachment, attachment.props.createVnicDetails, 'createVnicDetails'),
    )
    each(core.InstanceConfiguration, (configuration) => {
      for (const [at, { launchDetails, secondaryVnics = [] }] of waysOf(configuration.props)) {
        if (launchDetails?.createVnicDetails)
          judge(configuration, launchDetails.createVnicDetails, `${at}.launchDetails.createVnicDetails`)
        for (const [index, { createVnicDetails }] of secondaryVnics.entries())
          judge(configuration, createVnicDetails, `${at}.secondaryVnics[${index}].createVnicDetails`)
      }
    })
    each(core.InstancePool, (pool) => {
      // A configuration that says nothing of the interface leaves it to its pool, which only names subnets.
      const leaves = stack
        .linked(pool, 'instanceConfigurationId', core.InstanceConfiguration)
        .some(({ props }) => waysOf(props).some(([, way]) => way.launchDetails && !way.launchDetails.createVnicDetails))
      if (leaves && !inPrivateSubnets(pool, 'placementConfigurations'))
        tell(pool, {
          at: 'placementConfigurations',
          holds: 'subnets that are not known to be private',
          write: 'private subnets, or createVnicDetails.assignPublicIp "false" in its configuration',
        })
    })
    each(core.PublicIp, ({ props, ...address }) => {
      if (isSet(props, 'privateIpId'))
        tell(address, { at: 'privateIpId', holds: 'the address of an interface', write: 'none' })
    })
  },
)

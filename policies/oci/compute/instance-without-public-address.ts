import { core } from '@pulumi/oci'
import { type Declared, isSet, type Kind, stackRule } from '../../rule/index.ts'
import { isPrivate } from '../subnets.ts'

export default stackRule(
  {
    name: 'instance-without-public-address',
    description: 'No instance has a public address: what is meant for everybody is reached by a load balancer.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP compute'],
  },
  [core.Instance, core.VnicAttachment, core.InstanceConfiguration],
  (stack, tell, { each }) => {
    type Vnic = { assignPublicIp?: unknown } | undefined
    const judge = (declared: Declared<Kind>, vnic: Vnic, at: string) => {
      // It is a text to OCI, and a truth value to many who write it.
      const assigned = String(vnic?.assignPublicIp ?? '').toLowerCase()
      if (assigned === 'false') return
      const [property = ''] = at.split('.')
      const subnets = stack.linked(declared, property, core.Subnet)
      // Where nothing is said, OCI assigns one unless the subnet forbids it.
      if (assigned === '' && subnets.length > 0 && subnets.every(({ props }) => isPrivate(props))) return
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
      const { instanceDetails } = configuration.props
      const ways = [
        ['instanceDetails', instanceDetails] as const,
        ...(instanceDetails?.options ?? []).map(
          (option, index) => [`instanceDetails.options[${index}]`, option] as const,
        ),
      ]
      for (const [at, way] of ways) {
        if (way?.launchDetails?.createVnicDetails)
          judge(configuration, way.launchDetails.createVnicDetails, `${at}.launchDetails.createVnicDetails`)
        for (const [index, { createVnicDetails }] of (way?.secondaryVnics ?? []).entries())
          judge(configuration, createVnicDetails, `${at}.secondaryVnics[${index}].createVnicDetails`)
      }
    })
  },
)

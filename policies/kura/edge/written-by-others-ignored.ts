import { certificatesmanagement, core } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'
import { typeOf } from '../../rule/kind.ts'

/** What Oracle or a job of ours writes into a resource after it was made. */
const WRITTEN = new Map([
  [typeOf(core.PublicIp), 'privateIpId'],
  [typeOf(certificatesmanagement.Certificate), 'certificateConfig'],
])

export default resourceRule(
  {
    name: 'written-by-others-ignored',
    description:
      'No deployment undoes what others write: which load balancer an address belongs to, and renewed certificates.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura reserved-address', 'Kura host-certificate'],
  },
  [core.PublicIp, certificatesmanagement.Certificate],
  (_props, tell, { resource }) => {
    const property = WRITTEN.get(resource.type) ?? ''
    if (!resource.opts.ignoreChanges.includes(property))
      tell({ at: 'options.ignoreChanges', is: resource.opts.ignoreChanges, write: `["${property}"]` })
  },
)

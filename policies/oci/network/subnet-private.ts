import { core } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'
import { isPrivate } from '../subnets.ts'

export default resourceRule<typeof core.Subnet, { public: string[] }>(
  {
    name: 'subnet-private',
    description: 'Nothing in a subnet has a public address, except in those that are meant to be public.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP network'],
    settings: {
      public: setting([], {
        type: 'array',
        items: { type: 'string' },
        description: 'Names of the subnets that are meant to be public, such as that of load balancers.',
      }),
    },
  },
  core.Subnet,
  (subnet, tell, { resource, settings }) => {
    if (!settings.public.includes(resource.name) && !isPrivate(subnet))
      tell({ at: 'prohibitInternetIngress', is: subnet.prohibitInternetIngress, write: 'true' })
  },
)

import { PolicyPack } from '@pulumi/policy'

new PolicyPack('careless', {
  policies: [
    {
      name: 'subnet-of-a-network',
      description: 'A subnet is in a network.',
      enforcementLevel: 'mandatory',
      validateResource({ type, props }, reportViolation) {
        if (type === 'oci:Core/subnet:Subnet' && props.vcnId.length === 0) reportViolation('It is in none.')
      },
    },
  ],
})

import { core, identity, kms, limits } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './resource-in-compartment.ts'

const root = { compartmentId: 'ocid1.tenancy.oc1..example' }

cases(rule, {
  passes: {
    'what lies in a compartment': declared(core.Vcn, 'net', { compartmentId: 'ocid1.compartment.oc1..example' }),
    'a compartment that is made in the same deployment': declared(kms.Vault, 'vault', { compartmentId: UNKNOWN }),
    'what says no compartment': declared(core.RouteTableAttachment, 'attached', {}),
    'a group, which lies nowhere else': declared(identity.Group, 'operators', root),
    'a quota, which lies nowhere else': declared(limits.Quota, 'most', root),
    'what is not of Oracle Cloud': declared('kubernetes:core/v1:Namespace', 'web', root),
  },
  breaks: {
    'what lies in the root': [
      declared(core.Vcn, 'net', root),
      'net: compartmentId is "ocid1.tenancy.oc1..example"; write the OCID of a compartment.',
    ],
  },
})

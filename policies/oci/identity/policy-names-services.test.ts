import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './policy-names-services.ts'

const policy = (...statements: string[]) => declared(identity.Policy, 'rights', { statements })
const everything = 'Allow group Operators to use all-resources in compartment Prod'

cases(rule, {
  passes: {
    'who manages a service': policy('Allow group Operators to manage buckets in compartment Prod'),
    'who looks at everything': policy('Allow group Reviewers to read all-resources in compartment Prod'),
    administrators: policy('Allow group administrators to manage all-resources in compartment Prod'),
    'the whole tenancy, which another rule is about': policy(
      'Allow group Operators to manage all-resources in tenancy',
    ),
  },
  breaks: {
    'who uses everything': [
      policy(everything),
      `rights: statements[0] is "${everything}"; write a statement for each service, such as "manage virtual-network-family".`,
    ],
    'who manages everything': [
      policy('Allow dynamic-group Runners to manage all-resources in compartment id ocid1.compartment.oc1..prod'),
      /statements\[0\]/,
    ],
  },
})

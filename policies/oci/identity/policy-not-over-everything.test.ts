import { identity } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './policy-not-over-everything.ts'

const policy = (...statements: string[]) => declared(identity.Policy, 'rights', { statements })
const everything = 'Allow group Operators to manage all-resources in tenancy'

cases(rule, {
  config: { administrators: ['Administrators', 'ocid1.group.oc1..admins'] },
  passes: {
    'administrators by name': policy('Allow group Administrators to manage all-resources in tenancy'),
    'administrators by domain and name': policy(
      "Allow group 'Default'/'Administrators' to manage all-resources in tenancy",
    ),
    'administrators by OCID': policy('Allow group id ocid1.group.oc1..admins to manage all-resources in tenancy'),
    'who looks at everything': policy('Allow group Auditors to read all-resources in tenancy'),
    'who manages a service': policy('Allow group Operators to manage buckets in tenancy'),
    'who manages a compartment': policy('Allow group Operators to manage all-resources in compartment Prod'),
    'a denial': policy('Deny group Operators to manage all-resources in tenancy'),
    'what is no statement, which another rule is about': policy('manage all-resources in tenancy'),
  },
  breaks: {
    'others who manage everything': [
      policy('Allow group Operators to read buckets in tenancy', everything),
      `rights: statements[1] is "${everything}"; write the services that it is about, and a compartment.`,
    ],
    'others beside the administrators': [
      policy('Allow group Administrators, Operators to manage all-resources in tenancy'),
      /statements\[0\]/,
    ],
    'another case': [policy('ALLOW GROUP Operators TO MANAGE ALL-RESOURCES IN TENANCY'), /statements\[0\]/],
    'a dynamic group with the name of the administrators': [
      policy('Allow dynamic-group Administrators to manage all-resources in tenancy'),
      /statements\[0\]/,
    ],
    'another domain': [
      policy('Allow group Guests/Administrators to manage all-resources in tenancy'),
      /statements\[0\]/,
    ],
    'another tenancy': [
      policy('Admit group Operators of tenancy Partner to manage all-resources in tenancy'),
      /statements\[0\]/,
    ],
    'administrators of another tenancy': [
      policy('Admit group Administrators of tenancy Stranger to manage all-resources in tenancy'),
      /statements\[0\]/,
    ],
    'a statement that nobody knows yet': [
      policy(UNKNOWN),
      'Could not be judged: rights: statements.0 is not known before the deployment.',
    ],
  },
})

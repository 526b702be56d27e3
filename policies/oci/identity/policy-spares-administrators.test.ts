import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './policy-spares-administrators.ts'

const policy = (...statements: string[]) => declared(identity.Policy, 'rights', { statements })
const groups = 'Allow group Staff to manage groups in tenancy'

cases(rule, {
  config: { administrators: ['Administrators', 'ocid1.group.oc1..admins'] },
  passes: {
    'others than the administrators': policy(`${groups} where target.group.name != 'Administrators'`),
    'others than the administrators, in all conditions': policy(
      `${groups} where all {target.group.name != 'administrators', request.region = 'nrt'}`,
    ),
    'one group alone': policy(`Allow group Staff to use users in tenancy where target.group.name = 'Readers'`),
    'who looks at users': policy('Allow group Staff to inspect users in tenancy'),
    administrators: policy('Allow group Administrators to manage groups in tenancy'),
    'who looks at everything': policy('Allow group Staff to read all-resources in tenancy'),
    'a compartment, in which no groups lie': policy('Allow group Staff to manage groups in compartment Prod'),
  },
  breaks: {
    'all groups': [
      policy(groups),
      `rights: statements[0] is "${groups}"; write the condition target.group.name != 'Administrators'.`,
    ],
    'all users': [policy('Allow group Staff to use users in tenancy'), /statements\[0\]/],
    'everything, with users and groups': [
      policy('Allow group Staff to use all-resources in tenancy'),
      'rights: statements[0] is "Allow group Staff to use all-resources in tenancy"; write the services that it is about, and not users and groups.',
    ],
    'administrators of another tenancy': [
      policy('Admit group Administrators of tenancy Stranger to manage groups in tenancy'),
      /statements\[0\]/,
    ],
    'the permission alone': [policy('Allow group Staff to {GROUP_UPDATE} in tenancy'), /statements\[0\]/],
    'a condition that another one makes void': [
      policy(`${groups} where any {target.group.name != 'Administrators', request.region = 'nrt'}`),
      /statements\[0\]/,
    ],
    'a pattern that fits': [policy(`${groups} where target.group.name = /Admin*/`), /statements\[0\]/],
  },
})

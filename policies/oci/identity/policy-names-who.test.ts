import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './policy-names-who.ts'

const policy = (...statements: string[]) => declared(identity.Policy, 'rights', { statements })
const workload = "request.principal.type = 'workload'"

cases(rule, {
  passes: {
    'a group': policy('Allow group Operators to inspect users in tenancy'),
    'a kind of resources': policy(`Allow any-user to use dns-zones in tenancy where ${workload}`),
    'a kind of resources, in all conditions': policy(
      `Allow any-user to use dns-zones in tenancy where all {${workload}, request.principal.namespace = 'edge'}`,
    ),
    'a denial': policy('Deny any-user to manage buckets in tenancy'),
  },
  breaks: {
    everybody: [
      policy('Allow any-user to inspect users in tenancy'),
      'rights: statements[0] is "Allow any-user to inspect users in tenancy"; write a group, or the condition that request.principal.type is the type of a resource.',
    ],
    'every group': [policy('Allow any-group to read buckets in tenancy'), /statements\[0\]/],
    'a condition of something else': [
      policy("Allow any-user to read objects in tenancy where target.bucket.name = 'public'"),
      /statements\[0\]/,
    ],
    'a kind of resources or anybody': [
      policy(`Allow any-user to read objects in tenancy where any {${workload}, request.region = 'nrt'}`),
      /statements\[0\]/,
    ],
  },
})

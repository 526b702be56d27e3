import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './binding-not-to-administrators.ts'

const binding = (
  kind: typeof rbac.v1.RoleBinding | typeof rbac.v1.ClusterRoleBinding,
  name: string,
  of = 'ClusterRole',
) => declared(kind, 'operators', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: of, name }, subjects: [] })
const told = (name: string) => `operators: roleRef.name is "${name}"; write a role with what it needs.`

cases(rule, {
  passes: {
    'a role of its own': binding(rbac.v1.ClusterRoleBinding, 'operator'),
    'reading everything but secrets': binding(rbac.v1.ClusterRoleBinding, 'view'),
    'administration of one namespace': binding(rbac.v1.RoleBinding, 'admin'),
    'a Role that happens to bear the name': binding(rbac.v1.RoleBinding, 'cluster-admin', 'Role'),
  },
  breaks: {
    'administration of the cluster': [binding(rbac.v1.ClusterRoleBinding, 'cluster-admin'), told('cluster-admin')],
    'the same in a namespace': [binding(rbac.v1.RoleBinding, 'cluster-admin'), told('cluster-admin')],
    'administration of every namespace': [binding(rbac.v1.ClusterRoleBinding, 'admin'), told('admin')],
    'editing in every namespace': [binding(rbac.v1.ClusterRoleBinding, 'edit'), told('edit')],
    'a binding that is changed': [
      declared('kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch', 'operators', {
        roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      }),
      told('cluster-admin'),
    ],
    'a role that nobody knows yet': [
      binding(rbac.v1.RoleBinding, UNKNOWN),
      'Could not be judged: operators: roleRef.name is not known before the deployment.',
    ],
  },
})

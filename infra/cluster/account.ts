import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'

interface ClusterAccountArgs {
  /** Name of the account, and of the namespace that it is in. */
  name: string
  namespace: pulumi.Input<string>
  /** Name of the role and of its binding, one space for the whole cluster. */
  role: string
  labels: Record<string, string>
  /** What it may do, in all namespaces. */
  rules: kubernetes.types.input.rbac.v1.PolicyRule[]
}

/**
 * A service account with rights in the whole cluster. A pod gets its token where it asks for it alone.
 *
 * @returns name of the account
 */
export function clusterAccount(
  named: (suffix: string) => string,
  { name, namespace, role, labels, rules }: ClusterAccountArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const child = { parent }
  const account = new kubernetes.core.v1.ServiceAccount(
    named('account'),
    { metadata: { name, namespace, labels }, automountServiceAccountToken: false },
    child,
  )
  const metadata = { name: role, labels }
  const rights = new kubernetes.rbac.v1.ClusterRole(named('role'), { metadata, rules }, child)
  new kubernetes.rbac.v1.ClusterRoleBinding(
    named('role-binding'),
    {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: rights.metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: account.metadata.name, namespace }],
    },
    child,
  )
  return account.metadata.name
}

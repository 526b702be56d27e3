import accountTokenNotMounted from './account-token-not-mounted.ts'
import bindingNotToAdministrators from './binding-not-to-administrators.ts'
import bindingNotToDefaultAccount from './binding-not-to-default-account.ts'
import bindingNotToEverybody from './binding-not-to-everybody.ts'
import clusterRoleWithoutCertificateApproval from './cluster-role-without-certificate-approval.ts'
import clusterRoleWithoutSecrets from './cluster-role-without-secrets.ts'
import clusterRoleWithoutWebhooks from './cluster-role-without-webhooks.ts'
import dashboardNotDeployed from './dashboard-not-deployed.ts'
import defaultNamespaceUnused from './default-namespace-unused.ts'
import roleWithoutEscalation from './role-without-escalation.ts'
import roleWithoutExec from './role-without-exec.ts'
import roleWithoutImpersonation from './role-without-impersonation.ts'
import roleWithoutNodeProxy from './role-without-node-proxy.ts'
import roleWithoutServiceStatus from './role-without-service-status.ts'
import roleWithoutWildcards from './role-without-wildcards.ts'

export default [
  accountTokenNotMounted,
  bindingNotToAdministrators,
  bindingNotToDefaultAccount,
  bindingNotToEverybody,
  clusterRoleWithoutCertificateApproval,
  clusterRoleWithoutSecrets,
  clusterRoleWithoutWebhooks,
  dashboardNotDeployed,
  defaultNamespaceUnused,
  roleWithoutEscalation,
  roleWithoutExec,
  roleWithoutImpersonation,
  roleWithoutNodeProxy,
  roleWithoutServiceStatus,
  roleWithoutWildcards,
]

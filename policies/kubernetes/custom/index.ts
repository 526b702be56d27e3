import certificateKeyRenewed from './certificate-key-renewed.ts'
import certificateKeyStrong from './certificate-key-strong.ts'
import certificateRenewedInTime from './certificate-renewed-in-time.ts'
import chartImageExact from './chart-image-exact.ts'
import chartNotPrivileged from './chart-not-privileged.ts'
import chartRequestsResources from './chart-requests-resources.ts'
import chartVersionExact from './chart-version-exact.ts'
import gitSyncOwnGit from './git-sync-own-git.ts'
import issuerVerifiesAuthority from './issuer-verifies-authority.ts'
import operatedImageExact from './operated-image-exact.ts'
import operatedNotPrivileged from './operated-not-privileged.ts'
import operatedPriorityClass from './operated-priority-class.ts'
import operatedReplicated from './operated-replicated.ts'
import operatedRequestsResources from './operated-requests-resources.ts'
import operatedServiceInside from './operated-service-inside.ts'
import operatedSpreadOverHosts from './operated-spread-over-hosts.ts'
import postgresqlClientsEncrypted from './postgresql-clients-encrypted.ts'
import postgresqlNotRoot from './postgresql-not-root.ts'
import postgresqlUsersBounded from './postgresql-users-bounded.ts'
import postgresqlWithTls from './postgresql-with-tls.ts'
import rabbitmqNodesOdd from './rabbitmq-nodes-odd.ts'
import rabbitmqWithTls from './rabbitmq-with-tls.ts'

export default [
  certificateKeyRenewed,
  certificateKeyStrong,
  certificateRenewedInTime,
  chartImageExact,
  chartNotPrivileged,
  chartRequestsResources,
  chartVersionExact,
  gitSyncOwnGit,
  issuerVerifiesAuthority,
  operatedImageExact,
  operatedNotPrivileged,
  operatedPriorityClass,
  operatedReplicated,
  operatedRequestsResources,
  operatedServiceInside,
  operatedSpreadOverHosts,
  postgresqlClientsEncrypted,
  postgresqlNotRoot,
  postgresqlUsersBounded,
  postgresqlWithTls,
  rabbitmqNodesOdd,
  rabbitmqWithTls,
]

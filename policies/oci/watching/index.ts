import alarmTells from './alarm-tells.ts'
import auditArchived from './audit-archived.ts'
import budgetWithAlert from './budget-with-alert.ts'
import certificateEndAlarmed from './certificate-end-alarmed.ts'
import cloudGuardOnRoot from './cloud-guard-on-root.ts'
import firewallLogged from './firewall-logged.ts'
import identityChangesTold from './identity-changes-told.ts'
import loadBalancerLogged from './load-balancer-logged.ts'
import logArchived from './log-archived.ts'
import networkChangesTold from './network-changes-told.ts'
import problemsTold from './problems-told.ts'
import quotaSet from './quota-set.ts'
import topicSubscribed from './topic-subscribed.ts'
import watchEnabled from './watch-enabled.ts'

export default [
  alarmTells,
  auditArchived,
  budgetWithAlert,
  certificateEndAlarmed,
  cloudGuardOnRoot,
  firewallLogged,
  identityChangesTold,
  loadBalancerLogged,
  logArchived,
  networkChangesTold,
  problemsTold,
  quotaSet,
  topicSubscribed,
  watchEnabled,
]

import apiVersionStable from './api-version-stable.ts'
import autoscaledWithoutReplicas from './autoscaled-without-replicas.ts'
import autoscalerHasRoom from './autoscaler-has-room.ts'
import autoscalerHasTarget from './autoscaler-has-target.ts'
import autoscalerLeavesSeveral from './autoscaler-leaves-several.ts'
import cronJobRunsOnce from './cron-job-runs-once.ts'
import cronJobWithDeadline from './cron-job-with-deadline.ts'
import deploymentReplicated from './deployment-replicated.ts'
import deploymentRolledOver from './deployment-rolled-over.ts'
import disruptionBudgetAllowsOne from './disruption-budget-allows-one.ts'
import disruptionBudgetSelectsPods from './disruption-budget-selects-pods.ts'
import disruptionBudgetWithLimit from './disruption-budget-with-limit.ts'
import jobEnds from './job-ends.ts'
import jobRestartPolicy from './job-restart-policy.ts'
import labelsValid from './labels-valid.ts'
import podsSpreadOverHosts from './pods-spread-over-hosts.ts'
import podsSpreadOverZones from './pods-spread-over-zones.ts'
import selectorMatchesTemplate from './selector-matches-template.ts'
import statefulSetHasService from './stateful-set-has-service.ts'
import workloadWithDisruptionBudget from './workload-with-disruption-budget.ts'

export default [
  apiVersionStable,
  autoscaledWithoutReplicas,
  autoscalerHasRoom,
  autoscalerHasTarget,
  autoscalerLeavesSeveral,
  cronJobRunsOnce,
  cronJobWithDeadline,
  deploymentReplicated,
  deploymentRolledOver,
  disruptionBudgetAllowsOne,
  disruptionBudgetSelectsPods,
  disruptionBudgetWithLimit,
  jobEnds,
  jobRestartPolicy,
  labelsValid,
  podsSpreadOverHosts,
  podsSpreadOverZones,
  selectorMatchesTemplate,
  statefulSetHasService,
  workloadWithDisruptionBudget,
]

import { apps, autoscaling, batch, core, helm, networking, policy, rbac } from '@pulumi/kubernetes'
import { everyResourceRule, isUnknown, type Kind } from '../../rule/index.ts'
import { typeOf } from '../../rule/kind.ts'

/** What is in the namespace `default` where it names none. Custom resources may belong to no namespace. */
const NAMESPACED: Kind[] = [
  apps.v1.DaemonSet,
  apps.v1.Deployment,
  apps.v1.ReplicaSet,
  apps.v1.StatefulSet,
  autoscaling.v2.HorizontalPodAutoscaler,
  batch.v1.CronJob,
  batch.v1.Job,
  core.v1.ConfigMap,
  core.v1.PersistentVolumeClaim,
  core.v1.Pod,
  core.v1.ReplicationController,
  core.v1.Secret,
  core.v1.Service,
  core.v1.ServiceAccount,
  networking.v1.Ingress,
  networking.v1.NetworkPolicy,
  policy.v1.PodDisruptionBudget,
  rbac.v1.Role,
  rbac.v1.RoleBinding,
]
const TYPES = new Set(NAMESPACED.map(typeOf))
const RELEASE = typeOf(helm.v3.Release)

export default everyResourceRule(
  {
    name: 'default-namespace-unused',
    description: 'Nothing is in the namespace that everything gets into by forgetting to name one.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_K8S_21'],
  },
  ({ type, props, provider }, tell) => {
    if (!type.startsWith('kubernetes:')) return
    const [at, owner] = type === RELEASE ? ['namespace', props] : ['metadata.namespace', props.metadata]
    // That of a namespace which has to be made first, as `default` never has.
    if (isUnknown(owner, 'namespace')) return
    const named = owner?.namespace
    const assumed = TYPES.has(type) || type === RELEASE ? (provider?.props.namespace ?? 'default') : undefined
    if ((named || assumed) === 'default') tell({ at, is: named, write: 'a namespace of its own' })
  },
)

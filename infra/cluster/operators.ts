import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { restrictedContainer, restrictedPod } from '../pod-security.ts'
import { resources, type Workload } from '../pods.ts'
import type { Keys } from '../protection/keys.ts'
import type { Settings } from '../settings.ts'
import { Calico } from './calico.ts'
import { chartImage, installChart } from './chart.ts'
import { classes, PRIORITY } from './classes.ts'
import type { Cluster } from './index.ts'
import { leavesLost, POOL } from './placement.ts'
import { type Account, METRICS_PORT, RabbitmqOperator } from './rabbitmq-operator.ts'
import { allow, fromMetrics, inNamespace, tcp, toApi, toNames } from './traffic.ts'

/** Where the clusters are that the operators look after. */
const WATCHED = 'kura-data'

/** What the operators ask of them: PostgreSQL, Patroni, and RabbitMQ's management. */
const WATCHED_PORTS = [5432, 8008, 15_671]

const POSTGRES_OPERATOR = { vcpu: 0.1, memory: 0.25 }

interface OperatorsArgs {
  settings: Pick<Settings, 'operators' | 'registry' | 'network' | 'pools'>
  cluster: Cluster
  keys: Keys
}

/**
 * What the cluster needs before anything of ours runs in it: the engine of network policies, classes of storage and of
 * priority, and the operators that the custom resources are for. It knows nothing of institutions.
 */
export class Operators extends Component {
  /** Account of RabbitMQ's operator, if it is ours. */
  readonly rabbitmq: Account | undefined

  constructor(name: string, { settings, keys }: OperatorsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Operators', name, options)
    const { labels } = this
    const child = { parent: this }
    const named = (suffix: string) => this.named(suffix)

    const namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      { metadata: { name, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      child,
    ).metadata.name
    const policy = (suffix: string, traffic: Partial<Parameters<typeof allow>[2]>) =>
      allow(this.named(suffix), suffix, { namespace, labels, ...traffic }, this)
    policy('deny-all', {})
    policy('allow-api', { egress: [toNames, toApi(settings.network)] })
    policy('allow-clusters', { egress: [{ to: [inNamespace(WATCHED)], ports: WATCHED_PORTS.map(tcp) }] })
    policy('allow-metrics', { ingress: [fromMetrics(METRICS_PORT)] })

    const made = classes(named, { labels, volumeKeyId: keys.ids.volumes }, this)
    const after = { ...child, dependsOn: made }

    const workloads: Workload[] = []
    if (settings.operators === 'install') {
      new Calico(this.named('calico'), settings, child)
      this.rabbitmq = new RabbitmqOperator(
        this.named('rabbitmq'),
        { registry: settings.registry, namespace, watched: WATCHED },
        after,
      ).account
      installChart(
        this.named('postgres'),
        { chart: 'postgres-operator', namespace, values: postgresOperator(settings) },
        after,
      )
      workloads.push({
        name: 'postgres-operator',
        namespace: name,
        kind: 'Deployment',
        replicas: 1,
        pool: 'web',
        ...POSTGRES_OPERATOR,
      })
    }
    this.registerOutputs({ workloads })
  }
}

/** Zalando's operator, told to delete nothing that holds data or a password. */
function postgresOperator({ registry }: Pick<Settings, 'registry'>) {
  return {
    image: chartImage(registry, images.postgresOperator),
    configGeneral: { docker_image: reference(registry, images.spilo), enable_pgversion_env_var: true },
    configKubernetes: {
      watched_namespace: WATCHED,
      enable_secrets_deletion: false,
      enable_persistent_volume_claim_deletion: false,
      persistent_volume_claim_retention_policy: { when_deleted: 'retain', when_scaled: 'retain' },
      // A cluster goes only when its resource bears its own name and the day's date in these annotations.
      delete_annotation_name_key: 'delete-clustername',
      delete_annotation_date_key: 'delete-date',
      enable_pod_antiaffinity: true,
      enable_readiness_probe: true,
      storage_resize_mode: 'pvc',
      // Spilo's own user and group. Its cron, which takes base backups, becomes that user by setuid.
      spilo_runasuser: 101,
      spilo_runasgroup: 103,
      spilo_fsgroup: 103,
      spilo_allow_privilege_escalation: true,
    },
    // No limit to the CPU where a cluster names none; the chart's own would be one.
    configPostgresPodResources: { default_cpu_limit: '0' },
    configMajorVersionUpgrade: { major_version_upgrade_mode: 'manual' },
    configDebug: { debug_logging: false, enable_database_access: true },
    podPriorityClassName: { create: false, name: PRIORITY.data },
    priorityClassName: PRIORITY.edge,
    nodeSelector: { [POOL]: 'web' },
    tolerations: leavesLost(),
    resources: resources(POSTGRES_OPERATOR),
    securityContext: {
      ...restrictedContainer,
      runAsNonRoot: true,
      runAsUser: restrictedPod.runAsUser,
      seccompProfile: restrictedPod.seccompProfile,
    },
  }
}

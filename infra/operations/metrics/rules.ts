import { RESERVED } from '../../data/connections.ts'
import type { Settings } from '../../settings.ts'

/** What recorded metrics are named with, and nothing else: the agent pushes what is named so. */
export const PREFIX = 'platform_'

/** Where Oracle's Monitoring keeps what the agent pushes. */
export const NAMESPACE = 'kura_platform'

/** What one alarm or more looks at. */
interface Rule {
  /** What the value says, and its unit. */
  says: string
  /** PromQL. */
  expr: string
}

/** When a CronJob ran last and runs next lie one interval of its schedule apart. */
const INTERVAL = '(kube_cronjob_next_schedule_time - (kube_cronjob_status_last_schedule_time or kube_cronjob_created))'

/** Readers' requests at the gateway; Envoy's own listeners are named otherwise. */
const REQUESTS = 'envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix=~"https?-.+"}'
const FAILED_REQUESTS =
  'envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix=~"https?-.+", envoy_response_code_class="5"}'

/**
 * Everything that alarms look at inside the cluster, computed here so that an alarm is a plain comparison. A rule has
 * no value where its emitter has none, never a made-up zero: what falls silent must be seen to be absent. Nor may a
 * value be NaN, which cannot be pushed.
 */
export function rules({ pgpool }: { pgpool: Pick<Settings['pgpool'], 'children'> }) {
  return {
    // Nodes and what runs on them
    platform_node_not_ready: {
      says: '1 for a node that is not ready, or of which nothing is known',
      expr: 'max by (node) (kube_node_status_condition{condition="Ready", status!="true"})',
    },
    platform_node_disk_used_ratio: {
      says: "share of a node's own disk that is used",
      expr: 'max by (node) (1 - node_filesystem_avail_bytes{fstype=~"ext4|xfs"} / node_filesystem_size_bytes{fstype=~"ext4|xfs"})',
    },
    platform_node_memory_used_ratio: {
      says: "share of a node's memory that is used",
      expr: 'max by (node) (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)',
    },
    platform_volume_used_ratio: {
      says: 'share of a volume that is used',
      expr: 'max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes)',
    },
    platform_replicas_missing: {
      says: 'pods of a namespace that should be ready and are not',
      expr: 'sum by (namespace) (kube_deployment_status_replicas_unavailable or (kube_statefulset_replicas - kube_statefulset_status_replicas_ready) or kube_daemonset_status_number_unavailable)',
    },
    platform_pods_pending: {
      says: 'pods of a namespace that find no node, or no image',
      expr: 'sum by (namespace) (kube_pod_status_phase{phase="Pending"})',
    },
    // Every CronJob that there is: backups, their checks, certificates. 1 is where its schedule has passed once since
    // it succeeded, and a twelfth of the interval besides: 26 hours for a daily job, 7 days and 14 hours for a weekly.
    platform_job_age_ratio: {
      says: "time since a CronJob's last success, by what its schedule allows",
      expr: `max by (namespace, cronjob) ((time() - (kube_cronjob_status_last_successful_time or kube_cronjob_created)) / (${INTERVAL} + clamp_min(${INTERVAL} / 12, 3600)) unless kube_cronjob_spec_suspend == 1)`,
    },

    // PostgreSQL
    platform_postgresql_primaries: {
      says: 'instances of PostgreSQL that take writes',
      expr: 'sum(patroni_primary)',
    },
    platform_postgresql_synchronous_standbys: {
      says: 'standbys that have every commit',
      expr: 'sum(patroni_sync_standby)',
    },
    platform_postgresql_replication_lag_bytes: {
      says: 'bytes of WAL that a standby has not yet replayed',
      expr: 'scalar(max(patroni_xlog_location)) - max by (pod) (patroni_xlog_replayed_location and on (pod) patroni_replica == 1)',
    },
    platform_postgresql_archive_age_seconds: {
      says: 'seconds since the primary last archived a WAL segment',
      expr: 'max(pg_stat_archiver_last_archive_age and on (pod) pg_replication_is_replica == 0)',
    },
    platform_postgresql_connections_ratio: {
      says: "share of an instance's connections that are taken",
      expr: 'sum by (pod) (pg_stat_activity_count) / on (pod) max by (pod) (pg_settings_max_connections)',
    },
    // Every connection of a process is one of a pgpool-II, and one pgpool-II must be able to hold them all.
    platform_pgpool_connections_ratio: {
      says: 'connections that all processes hold, by what one pgpool-II takes',
      expr: `sum(kura_database_connections{state="open"}) / ${pgpool.children - RESERVED}`,
    },

    // Search and queue
    platform_elasticsearch_red: {
      says: '1 while an index has a shard without any copy',
      expr: 'max(elasticsearch_cluster_health_status{color="red"})',
    },
    platform_elasticsearch_unassigned_shards: {
      says: 'shards that no node holds',
      expr: 'max(elasticsearch_cluster_health_unassigned_shards)',
    },
    platform_rabbitmq_blocked: {
      says: '1 or 2 for a node that takes no messages for want of memory or disk',
      expr: 'max by (pod) (rabbitmq_alarms_memory_used_watermark) + max by (pod) (rabbitmq_alarms_free_disk_space_watermark)',
    },
    platform_queue_backlog: {
      says: 'fewest messages that have waited at a time within the last hour',
      expr: 'min_over_time(sum(rabbitmq_queue_messages)[1h:1m])',
    },

    // Institutions, as the application says
    platform_institutions_unavailable: {
      says: 'institutions of a cell whose database cannot be used, or lacks a migration',
      expr: 'sum by (namespace) (1 - min by (namespace, tenant) (kura_institution_available))',
    },
    platform_outbox_age_seconds: {
      says: 'age of the oldest work that a cell should have done at once',
      expr: 'max by (namespace) (kura_outbox_age_seconds)',
    },
    platform_unscanned_age_seconds: {
      says: 'time for which the oldest file of a cell has waited for a scan for viruses',
      expr: 'max by (namespace) (kura_unscanned_age_seconds)',
    },

    // The edge
    platform_gateway_failed_ratio: {
      says: "share of readers' requests that are answered with 5xx",
      // A second's worth of requests at least, so that one that fails in the night is no large share.
      expr: `(sum(rate(${FAILED_REQUESTS}[5m])) or 0 * sum(rate(${REQUESTS}[5m]))) / clamp_min(sum(rate(${REQUESTS}[5m])), 1)`,
    },
    platform_served_certificate_days: {
      says: 'days until a certificate that readers are served ends',
      expr: 'min by (host) (label_replace(probe_ssl_earliest_cert_expiry, "host", "$1", "instance", "(.+):443")) / 86400 - time() / 86400',
    },
    platform_issued_certificate_days: {
      says: 'days until a certificate that cert-manager keeps ends',
      expr: 'min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds) / 86400 - time() / 86400',
    },

    // The collector itself
    platform_targets_down: {
      says: 'targets of a namespace that cannot be read',
      expr: 'sum by (job, namespace) (1 - up)',
    },
  } satisfies Record<`${typeof PREFIX}${string}`, Rule>
}

export type RecordedMetric = keyof ReturnType<typeof rules>

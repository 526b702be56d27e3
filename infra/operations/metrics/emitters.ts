interface Emitter {
  /** The job of `scraping.ts` that reads it. A pod that `pods` shall read is annotated by whoever declares it. */
  job: string | undefined
  metrics: readonly string[]
}

/**
 * What is read of each emitter of metrics. Rules use nothing else, so that whoever leaves an emitter out, or renames a
 * metric, is told by a test which rules and alarms it would silence.
 */
export const EMITTERS = {
  /** State of the cluster's objects, from the Kubernetes API. */
  'kube-state-metrics': {
    job: 'kube-state-metrics',
    metrics: [
      'kube_cronjob_created',
      'kube_cronjob_next_schedule_time',
      'kube_cronjob_spec_suspend',
      'kube_cronjob_status_last_schedule_time',
      'kube_cronjob_status_last_successful_time',
      'kube_daemonset_status_number_unavailable',
      'kube_deployment_status_replicas_unavailable',
      'kube_node_status_condition',
      'kube_pod_status_phase',
      'kube_statefulset_replicas',
      'kube_statefulset_status_replicas_ready',
    ],
  },
  'node-exporter': {
    job: 'pods',
    metrics: [
      'node_filesystem_avail_bytes',
      'node_filesystem_size_bytes',
      'node_memory_MemAvailable_bytes',
      'node_memory_MemTotal_bytes',
    ],
  },
  kubelet: { job: 'kubelet', metrics: ['kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_used_bytes'] },
  'blackbox-exporter': { job: 'certificates', metrics: ['probe_ssl_earliest_cert_expiry'] },
  /** The collector's own, of whatever it reads. */
  prometheus: { job: undefined, metrics: ['up'] },
  /** Patroni beside each PostgreSQL, on its REST port. */
  patroni: {
    job: 'pods',
    metrics: [
      'patroni_primary',
      'patroni_replica',
      'patroni_sync_standby',
      'patroni_xlog_location',
      'patroni_xlog_replayed_location',
    ],
  },
  /** postgres_exporter, which asks the primary. */
  'postgres-exporter': {
    job: 'pods',
    metrics: [
      'pg_replication_is_replica',
      'pg_settings_max_connections',
      'pg_stat_activity_count',
      'pg_stat_archiver_last_archive_age',
    ],
  },
  /** elasticsearch_exporter. */
  'elasticsearch-exporter': {
    job: 'pods',
    metrics: ['elasticsearch_cluster_health_status', 'elasticsearch_cluster_health_unassigned_shards'],
  },
  /** RabbitMQ's own plugin, the sums of each node. */
  rabbitmq: {
    job: 'pods',
    metrics: [
      'rabbitmq_alarms_free_disk_space_watermark',
      'rabbitmq_alarms_memory_used_watermark',
      'rabbitmq_queue_messages',
    ],
  },
  /** Envoy, as Envoy Gateway runs it. */
  envoy: { job: 'pods', metrics: ['envoy_http_downstream_rq_xx'] },
  'cert-manager': { job: 'pods', metrics: ['certmanager_certificate_expiration_timestamp_seconds'] },
  /** `app/platform/metrics.ts`, in web processes and workers. */
  application: {
    job: 'pods',
    metrics: [
      'kura_database_connections',
      'kura_institution_available',
      'kura_outbox_age_seconds',
      'kura_unscanned_age_seconds',
    ],
  },
} as const satisfies Record<string, Emitter>

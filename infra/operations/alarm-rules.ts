import { NAMESPACE, type RecordedMetric } from './metrics/rules.ts'

type Severity = 'CRITICAL' | 'ERROR' | 'WARNING' | 'INFO'

/** When an alarm fires: the comparison that its values meet, and how urgent that is. */
interface Level {
  when: string
  severity: Severity
}

/** What is watched, whose value it is, and what an operator does about it. */
interface AlarmRule {
  /** What has happened, as the message is titled. */
  title: string
  /** First thing to do. */
  todo: string
  /** Section of docs/watching.md that says the rest: "Alarms: …". */
  guide: Guide
  /** Who emits the metric: our agent (`kura_platform`) or a service of Oracle's, by its namespace in Monitoring. */
  namespace: string
  metric: string
  /** MQL between metric and statistic: dimensions and grouping. */
  of?: string
  /** Minutes that are looked at together; not fewer than between two values of the metric. */
  minutes: number
  statistic: 'max' | 'min' | 'mean' | 'sum'
  /** The most urgent first. */
  levels: [Level, ...Level[]]
  /** Minutes for which it must hold, at most 60. */
  pending: number
  /** Why silence is no alarm here; without it, the metric's absence fires too. */
  quiet?: string
}

export const GUIDES = [
  'nodes',
  'disks',
  'jobs',
  'postgresql',
  'search-and-queue',
  'institutions',
  'edge',
  'pipes',
] as const
type Guide = (typeof GUIDES)[number]

const OVER = (limit: number, severity: Severity): Level => ({ when: `> ${limit}`, severity })
const UNDER = (limit: number, severity: Severity): Level => ({ when: `< ${limit}`, severity })

/** An alarm on what is recorded in the cluster. The agent pushes every minute. */
const recorded = (
  metric: RecordedMetric,
  rule: Omit<AlarmRule, 'namespace' | 'metric' | 'minutes' | 'statistic' | 'of'>,
): AlarmRule => ({
  namespace: NAMESPACE,
  metric,
  minutes: 5,
  // The value that lasts: one that comes and goes within the interval wakes nobody.
  statistic: rule.levels[0].when.startsWith('<') ? 'max' : 'min',
  ...rule,
})

/** What wakes an operator, by the name of its alarm. */
export const ALARMS: Record<string, AlarmRule> = {
  'node-not-ready': recorded('platform_node_not_ready', {
    title: 'A node is not ready',
    todo: 'Its pods start elsewhere by themselves. Look at the node; if it does not come back, have the pool replace it.',
    guide: 'nodes',
    levels: [OVER(0, 'CRITICAL')],
    pending: 5,
  }),
  'node-memory': recorded('platform_node_memory_used_ratio', {
    title: "A node's memory is nearly used up",
    todo: 'Find the pods that use more than they ask for, and raise what they ask for.',
    guide: 'nodes',
    levels: [OVER(0.97, 'CRITICAL'), OVER(0.93, 'WARNING')],
    pending: 15,
  }),
  'replicas-missing': recorded('platform_replicas_missing', {
    title: 'Pods of a namespace are not ready',
    todo: 'Describe the pods that are not ready; for a cell, read what its container provision says.',
    guide: 'nodes',
    levels: [OVER(0, 'CRITICAL')],
    pending: 20,
  }),
  'pods-pending': recorded('platform_pods_pending', {
    title: 'A pod finds no node',
    todo: 'Describe it: it says which resource, which volume or which image is missing.',
    guide: 'nodes',
    levels: [OVER(0, 'WARNING')],
    pending: 20,
  }),
  'node-disk': recorded('platform_node_disk_used_ratio', {
    title: "A node's own disk is filling",
    todo: 'Cordon and drain the node and have the pool replace it; look for what wrote so much.',
    guide: 'disks',
    levels: [OVER(0.9, 'CRITICAL'), OVER(0.8, 'WARNING')],
    pending: 15,
  }),
  volume: recorded('platform_volume_used_ratio', {
    title: 'A volume is filling',
    todo: 'Raise the size of the volume in the settings: it grows while it is in use.',
    guide: 'disks',
    levels: [OVER(0.9, 'CRITICAL'), OVER(0.75, 'WARNING')],
    pending: 15,
  }),
  'job-missed': recorded('platform_job_age_ratio', {
    title: 'A job is overdue: a backup, its check, the import of certificates, a comparison or a purge',
    todo: 'Read the log of its last run and run it by hand.',
    guide: 'jobs',
    levels: [OVER(1, 'CRITICAL')],
    pending: 10,
  }),
  'postgresql-no-primary': recorded('platform_postgresql_primaries', {
    title: 'PostgreSQL has no primary',
    todo: 'Ask Patroni who is who. It fails over by itself within a minute if a standby is fit to.',
    guide: 'postgresql',
    levels: [UNDER(1, 'CRITICAL')],
    pending: 3,
  }),
  'postgresql-no-synchronous-standby': recorded('platform_postgresql_synchronous_standbys', {
    title: 'No standby of PostgreSQL has every commit',
    todo: 'Find out why the standbys do not stream: until one does, losing the primary loses commits.',
    guide: 'postgresql',
    levels: [UNDER(1, 'ERROR')],
    pending: 15,
  }),
  'postgresql-replication-lag': recorded('platform_postgresql_replication_lag_bytes', {
    title: 'A standby of PostgreSQL lags behind',
    todo: 'Look for a long query on the standby, or a disk that is too slow; reinitialise it if it cannot catch up.',
    guide: 'postgresql',
    levels: [OVER(4 * 2 ** 30, 'CRITICAL'), OVER(2 ** 30, 'WARNING')],
    pending: 10,
  }),
  // The primary archives after 30 minutes at the latest, however little is written.
  'postgresql-archive-stuck': recorded('platform_postgresql_archive_age_seconds', {
    title: 'WAL is no longer archived',
    todo: 'Read the log of WAL-G on the primary. Until it is archived, WAL fills the volume and no moment since can be restored.',
    guide: 'postgresql',
    levels: [OVER(7200, 'CRITICAL'), OVER(3600, 'ERROR')],
    pending: 5,
  }),
  'postgresql-connections': recorded('platform_postgresql_connections_ratio', {
    title: 'Connections of PostgreSQL are nearly used up',
    todo: 'See who holds them; restart what leaks them, or raise pgpool.children.',
    guide: 'postgresql',
    levels: [OVER(0.9, 'CRITICAL'), OVER(0.8, 'WARNING')],
    pending: 10,
  }),
  'pgpool-connections': recorded('platform_pgpool_connections_ratio', {
    title: 'One pgpool-II could not hold all connections',
    todo: 'Raise pgpool.children, or lower cells.connections.',
    guide: 'postgresql',
    levels: [OVER(0.9, 'WARNING')],
    pending: 15,
  }),
  'elasticsearch-red': recorded('platform_elasticsearch_red', {
    title: 'Elasticsearch lacks a shard: searches are incomplete',
    todo: 'Ask it why the shard is not assigned; if no copy is left, reindex the institution from its database.',
    guide: 'search-and-queue',
    levels: [OVER(0, 'CRITICAL')],
    pending: 5,
  }),
  'elasticsearch-unassigned': recorded('platform_elasticsearch_unassigned_shards', {
    title: 'Shards of Elasticsearch are on no node',
    todo: 'After a lost node they are made again within the hour; otherwise ask it why they are not assigned.',
    guide: 'search-and-queue',
    levels: [OVER(0, 'WARNING')],
    pending: 60,
  }),
  'rabbitmq-blocked': recorded('platform_rabbitmq_blocked', {
    title: 'RabbitMQ takes no messages for want of memory or disk',
    todo: 'See which queue is long, and why nobody works it off. Work is safe in the outboxes meanwhile.',
    guide: 'search-and-queue',
    levels: [OVER(0, 'CRITICAL')],
    pending: 5,
  }),
  'queue-growing': recorded('platform_queue_backlog', {
    title: 'The queue is not worked off',
    todo: 'See whether workers run, and what they log; a large import alone takes its time.',
    guide: 'search-and-queue',
    levels: [OVER(20_000, 'ERROR'), OVER(2000, 'WARNING')],
    pending: 10,
  }),
  'institution-unavailable': recorded('platform_institutions_unavailable', {
    title: 'Institutions of a cell cannot be used',
    todo: "See which in the control database's table provisioning, with the message; the cell's log says the rest.",
    guide: 'institutions',
    levels: [OVER(0, 'CRITICAL')],
    pending: 10,
  }),
  'outbox-old': recorded('platform_outbox_age_seconds', {
    title: 'Work that should follow a change at once has waited for long',
    todo: 'The log of the cell says "work failed and will be tried again", with the reason.',
    guide: 'institutions',
    levels: [OVER(7200, 'ERROR'), OVER(1800, 'WARNING')],
    pending: 10,
  }),
  'files-unscanned': recorded('platform_unscanned_age_seconds', {
    title: 'Files wait for a scan for viruses, and nobody gets them',
    todo: 'See whether the scanner answers; the log of the cell says "work failed and will be tried again", with the reason.',
    guide: 'institutions',
    levels: [OVER(14_400, 'ERROR'), OVER(3600, 'WARNING')],
    pending: 10,
  }),
  'requests-failing': recorded('platform_gateway_failed_ratio', {
    title: "Readers' requests fail",
    todo: "Search the gateway's log for 5xx by host: one institution, one cell or all?",
    guide: 'edge',
    levels: [OVER(0.05, 'CRITICAL'), OVER(0.01, 'WARNING')],
    pending: 5,
  }),
  'certificate-served': recorded('platform_served_certificate_days', {
    title: 'A certificate that readers are served ends soon',
    todo: 'It was not renewed, or not imported: see the certificate in kura-edge and the job that imports it.',
    guide: 'edge',
    levels: [UNDER(7, 'CRITICAL'), UNDER(20, 'WARNING')],
    pending: 60,
  }),
  'certificate-issued': recorded('platform_issued_certificate_days', {
    title: 'A certificate was not renewed',
    todo: 'Describe the certificate: cert-manager says what keeps it from renewing.',
    guide: 'edge',
    levels: [UNDER(7, 'CRITICAL'), UNDER(20, 'WARNING')],
    pending: 60,
  }),
  'collector-target-down': recorded('platform_targets_down', {
    title: 'Metrics of a namespace cannot be read',
    todo: "See the collector's page of targets: what is not read cannot alarm.",
    guide: 'pipes',
    levels: [OVER(0, 'WARNING')],
    pending: 20,
  }),

  // By Oracle's services
  'site-down': {
    title: 'A site does not answer from outside',
    todo: 'Ask it yourself; then look along its way: name, load balancer, gateway, cell.',
    guide: 'edge',
    namespace: 'oci_healthchecks',
    metric: 'HTTP.isHealthy',
    of: '.groupBy(resourceId)',
    minutes: 5,
    statistic: 'mean',
    levels: [UNDER(0.5, 'CRITICAL')],
    pending: 3,
  },
  'load-balancer-backends': {
    title: 'A load balancer has backends that do not answer',
    todo: "See the gateway's pods and the load balancer's health check.",
    guide: 'edge',
    namespace: 'oci_lbaas',
    metric: 'unhealthyBackendServers',
    of: '{lbComponent = "backendSet"}',
    minutes: 1,
    statistic: 'max',
    levels: [OVER(0, 'ERROR')],
    pending: 10,
  },
  'circuit-down': {
    title: 'A circuit to SINET is down',
    todo: 'Tell the partner. With a second circuit traffic takes that one; off-site copies wait otherwise.',
    guide: 'edge',
    namespace: 'oci_fastconnect',
    metric: 'ConnectionState',
    of: '.groupBy(resourceId)',
    minutes: 1,
    statistic: 'max',
    levels: [UNDER(1, 'ERROR')],
    pending: 5,
  },
  'circuit-no-routes': {
    title: 'A circuit to SINET has no BGP session',
    todo: 'Compare the numbers of the session (addresses, autonomous system, the VLAN that the partner set) with the partner.',
    guide: 'edge',
    namespace: 'oci_fastconnect',
    metric: 'Ipv4BgpSessionState',
    of: '.groupBy(resourceId)',
    minutes: 1,
    statistic: 'max',
    levels: [UNDER(1, 'ERROR')],
    pending: 5,
  },
  'file-storage-failing': {
    title: 'Requests to file storage fail',
    todo: "See the mount target's limits and the state of the service; cells keep answering without what they stage there.",
    guide: 'disks',
    namespace: 'oci_filestorage',
    metric: 'MountTargetHealth',
    of: '.groupBy(resourceId)',
    minutes: 5,
    statistic: 'mean',
    levels: [UNDER(99, 'ERROR')],
    pending: 10,
  },
  'log-connector-failing': {
    title: 'Logs do not reach the archive',
    todo: "See the connector's own log: most often a policy or the bucket. A connector that fails for a week is switched off.",
    guide: 'pipes',
    namespace: 'oci_service_connector_hub',
    metric: 'ServiceConnectorHubErrors',
    of: '.groupBy(connectorId)',
    minutes: 5,
    statistic: 'sum',
    levels: [OVER(0, 'ERROR')],
    pending: 30,
    quiet: 'it is emitted only where a connector fails',
  },
  'logs-late': {
    title: 'Logs reach the archive late, or there are none',
    todo: 'See whether the agents on the nodes send logs, and whether the connector runs.',
    guide: 'pipes',
    namespace: 'oci_service_connector_hub',
    metric: 'DataFreshness',
    of: '.groupBy(connectorId)',
    minutes: 60,
    statistic: 'mean',
    // In milliseconds; Oracle's own advice is to wait for half an hour before one believes it.
    levels: [OVER(3 * 3_600_000, 'ERROR')],
    pending: 30,
  },
  'messages-undelivered': {
    title: 'A message of an alarm could not be delivered',
    todo: 'See the subscriptions of the topic: one that is not confirmed, or a webhook that refuses.',
    guide: 'pipes',
    namespace: 'oci_notification',
    metric: 'FailedMessagesCount',
    of: '.groupBy(resourceId)',
    minutes: 5,
    statistic: 'sum',
    levels: [OVER(0, 'WARNING')],
    pending: 5,
    quiet: 'it is emitted only where a delivery fails',
  },
}

/** The MQL of a level. */
export function query({ metric, minutes, of = '', statistic }: AlarmRule, { when }: Level): string {
  return `${metric}[${minutes}m]${of}.${statistic}() ${when}`
}

/**
 * The MQL of absence: no value from anyone, for as long as Monitoring remembers that there was one. Single streams come
 * and go, with pods and nodes.
 */
export function absence({ metric, minutes, of = '' }: AlarmRule): string {
  return `${metric}[${Math.max(minutes, 15)}m]${of.replace(/\.groupBy\(.*\)/, '')}.grouping().absent(3d)`
}

import type { Settings } from '../../settings.ts'

const MIB_PER_GIB = 1024

/** Queries that one vCPU works on at a time, and sorts and hashes of each that hold `work_mem`, twice for a hash. */
const QUERIES_PER_VCPU = 4
const WORK_PER_QUERY = 4

/**
 * `postgresql.conf`, as far as it differs from Spilo's: sizes follow from what an instance is given. What archives the
 * WAL is Spilo's own.
 */
export function parameters(
  { vcpu, memory, volume }: Pick<Settings['postgresql'], 'vcpu' | 'memory' | 'volume'>,
  maxConnections: number,
): Record<string, string> {
  const workers = Math.max(3, Math.floor(vcpu / 2))
  return {
    max_connections: String(maxConnections),
    // The operator and an operator's psql get in, however many clients there are.
    superuser_reserved_connections: '10',
    password_encryption: 'scram-sha-256',

    // A quarter, as PostgreSQL's documentation has it; the kernel caches in most of the rest.
    shared_buffers: mib(memory / 4),
    effective_cache_size: mib((memory * 5) / 8),
    // A quarter for all that is sorted and hashed while every vCPU is busy.
    work_mem: mib(memory / 4 / (vcpu * QUERIES_PER_VCPU * WORK_PER_QUERY)),
    // Up to version 16, vacuum can use no more than 1 GiB.
    maintenance_work_mem: mib(Math.min(1, memory / 50)),

    // Network block storage has no seeks, and answers many requests at a time.
    random_page_cost: '1.1',
    effective_io_concurrency: '200',
    track_io_timing: 'on',

    // Checkpoints come by time and not by volume, but what recovery reads stays a small part of the disk.
    checkpoint_timeout: '15min',
    min_wal_size: '1GB',
    max_wal_size: mib(Math.min(16, volume / 16)),
    // It is shipped three times: to a standby, to another, and to object storage.
    wal_compression: 'lz4',
    // A standby that is gone must not fill the primary's disk; it comes back by a backup.
    max_slot_wal_keep_size: mib(volume / 4),
    // Dumps and long reads on a standby are not cancelled by the primary's vacuum.
    hot_standby_feedback: 'on',

    // A worker starts every naptime divided by the number of databases: the default would start ten a second.
    autovacuum_naptime: '10min',
    autovacuum_max_workers: String(workers),

    // A transaction that nobody ends holds back vacuum in all databases. No statement_timeout: dumps and migrations
    // take as long as they take, and the application limits its own.
    idle_in_transaction_session_timeout: '1h',
    // Clients that are gone give back their connection within two minutes, and their query within ten seconds.
    tcp_keepalives_idle: '60',
    tcp_keepalives_interval: '10',
    tcp_keepalives_count: '6',
    client_connection_check_interval: '10s',

    // To the container's log, which is collected; Spilo would write files that nobody reads.
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_duration_statement: '1s',
    // Neither what readers look for nor roles' verifiers belong into a log.
    log_parameter_max_length: '0',
    log_statement: 'none',
    log_checkpoints: 'on',
    log_lock_waits: 'on',
    log_temp_files: '64MB',
    log_autovacuum_min_duration: '10s',
  }
}

/** GiB as PostgreSQL writes them: MiB, so that fractions stay exact. */
function mib(gib: number): string {
  return `${Math.floor(gib * MIB_PER_GIB)}MB`
}

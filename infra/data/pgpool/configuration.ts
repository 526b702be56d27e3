import { RESERVED } from '../connections.ts'
import { PORT as BACKEND_PORT } from '../postgresql/configuration.ts'

export const PORT = 5432
/** Folder of its certificate, the key, and the authority's. */
export const CERTIFICATE = '/etc/pgpool-tls'
/** File with its process's number. */
export const PID_FILE = '/tmp/pgpool.pid'

/** Hosts of the Services of PostgreSQL. */
interface Backends {
  primary: string
  standbys: string
}

/** Its files. */
export function configuration(backends: Backends, children: number) {
  return {
    'pgpool.conf': parameters(backends, children),
    // Passwords in the clear, but inside TLS alone: so pgpool-II needs no list of roles and their passwords.
    'pool_hba.conf': 'hostssl all all 0.0.0.0/0 password\n',
  }
}

/**
 * `pgpool.conf`. Patroni alone fails over, and the operator's Services follow it: so pgpool-II checks no health, and
 * never drops a backend.
 */
function parameters({ primary, standbys }: Backends, children: number): string {
  const settings: Record<string, string | number> = {
    backend_clustering_mode: 'streaming_replication',
    listen_addresses: '*',
    port: PORT,
    pcp_listen_addresses: '',
    // All that it writes: the root file system is read-only, and packagers set other places.
    unix_socket_directories: '/tmp',
    pcp_socket_dir: '/tmp',
    pid_file_name: PID_FILE,
    logdir: '/tmp',
    backend_hostname0: primary,
    backend_port0: BACKEND_PORT,
    backend_weight0: 1,
    backend_flag0: 'ALWAYS_PRIMARY|DISALLOW_TO_FAILOVER',
    backend_hostname1: standbys,
    backend_port1: BACKEND_PORT,
    backend_weight1: 1,
    backend_flag1: 'DISALLOW_TO_FAILOVER',
    failover_on_backend_error: 'off',
    failover_on_backend_shutdown: 'off',
    health_check_period: 0,
    sr_check_period: 0,
    load_balance_mode: 'on',
    process_management_mode: 'static',
    num_init_children: children,
    reserved_connections: RESERVED,
    max_pool: 1,
    connection_cache: 'off',
    enable_pool_hba: 'on',
    pool_passwd: '',
    ssl: 'on',
    ssl_cert: `${CERTIFICATE}/tls.crt`,
    ssl_key: `${CERTIFICATE}/tls.key`,
    ssl_ca_cert: `${CERTIFICATE}/ca.crt`,
    log_destination: 'stderr',
  }
  return Object.entries(settings)
    .map(([key, value]) => `${key} = ${typeof value === 'number' ? value : `'${value}'`}\n`)
    .join('')
}

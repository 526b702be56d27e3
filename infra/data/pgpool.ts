import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { checksum } from '../checksum.ts'
import { PRIORITY } from '../cluster/classes.ts'
import { apart } from '../cluster/placement.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { restrictedContainer } from '../pod-security.ts'
import { podOn, resources } from '../pods.ts'
import type { Settings } from '../settings.ts'
import type { Authority } from './authority.ts'
import { RESERVED } from './connections.ts'
import { PORT as BACKEND_PORT, type Postgresql } from './postgresql/index.ts'

export const PORT = 5432
/** Labels of its pods. */
export const PODS = { 'app.kubernetes.io/name': 'pgpool' }
const CONFIGURATION = '/etc/pgpool'
const CERTIFICATE = '/etc/pgpool-tls'

/** Seconds until clients have learnt that a pod ends; they still come until then. */
const UNLISTED_SECONDS = 5

interface PgpoolArgs extends Pick<Settings, 'pgpool' | 'registry'> {
  namespace: string
  authority: Authority
  postgresql: Postgresql
  /** One on each node of its pool. */
  instances: number
}

/** pgpool-II: the one door to PostgreSQL, which sends reads that may lag to the standbys. */
export class Pgpool extends Component {
  readonly host: string
  readonly port = PORT

  constructor(name: string, args: PgpoolArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Pgpool', name, options)
    const { namespace, authority, postgresql, instances, pgpool, registry } = args
    this.host = `${name}.${namespace}.svc`
    const labels = { ...this.labels, ...PODS }
    const child = { parent: this }

    const files = {
      'pgpool.conf': parameters(postgresql, pgpool.children),
      // Passwords in the clear, but inside TLS alone: so pgpool-II needs no list of roles and their passwords.
      'pool_hba.conf': 'hostssl all all 0.0.0.0/0 password\n',
    }
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata: { name: this.named('configuration'), namespace, labels }, data: files },
      child,
    )
    const probe = { tcpSocket: { port: PORT }, periodSeconds: 10, timeoutSeconds: 3 }

    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata: { name, namespace, labels },
        spec: {
          replicas: instances,
          selector: { matchLabels: PODS },
          // A new one finds no free node of its pool before an old one has gone.
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
          template: {
            metadata: {
              labels,
              annotations: {
                'kura/configuration': checksum(files),
              },
            },
            spec: {
              ...podOn('pgpool', PODS),
              topologySpreadConstraints: apart(PODS),
              priorityClassName: PRIORITY.data,
              containers: [
                {
                  name: 'pgpool',
                  image: reference(registry, images.pgpool),
                  // It has pgpool-II read the certificate again once it has been renewed.
                  command: ['run-pgpool', `${CERTIFICATE}/tls.crt`],
                  args: ['-f', `${CONFIGURATION}/pgpool.conf`, '-a', `${CONFIGURATION}/pool_hba.conf`],
                  ports: [{ name: 'postgresql', containerPort: PORT }],
                  readinessProbe: probe,
                  livenessProbe: { ...probe, failureThreshold: 6 },
                  lifecycle: { preStop: { sleep: { seconds: UNLISTED_SECONDS } } },
                  resources: resources(pgpool),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'configuration', mountPath: CONFIGURATION, readOnly: true },
                    { name: 'certificate', mountPath: CERTIFICATE, readOnly: true },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                { name: 'configuration', configMap: { name: configuration.metadata.name } },
                {
                  name: 'certificate',
                  secret: {
                    secretName: authority.issue('pgpool', [this.host, `${this.host}.cluster.local`]),
                    defaultMode: 0o440,
                  },
                },
                { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
              ],
            },
          },
        },
      },
      child,
    )
    new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: { name, namespace, labels },
        spec: { selector: PODS, ports: [{ name: 'postgresql', port: PORT, targetPort: 'postgresql' }] },
      },
      child,
    )
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named('disruption-budget'),
      {
        metadata: { name, namespace, labels },
        spec: { maxUnavailable: 1, selector: { matchLabels: PODS } },
      },
      child,
    )
    this.registerOutputs({ host: this.host, port: this.port })
  }
}

/**
 * `pgpool.conf`. Patroni alone fails over, and the operator's Services follow it: so pgpool-II checks no health, and
 * never drops a backend.
 */
function parameters({ primary, standbys }: Pick<Postgresql, 'primary' | 'standbys'>, children: number): string {
  const settings: Record<string, string | number> = {
    backend_clustering_mode: 'streaming_replication',
    listen_addresses: '*',
    port: PORT,
    pcp_listen_addresses: '',
    // All that it writes: the root file system is read-only, and packagers set other places.
    unix_socket_directories: '/tmp',
    pcp_socket_dir: '/tmp',
    pid_file_name: '/tmp/pgpool.pid',
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

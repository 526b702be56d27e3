import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { checksum } from '../checksum.ts'
import { POOL } from '../cluster/placement.ts'
import { allow, tcp, toNames } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import { images, reference } from '../images.ts'
import { RESOLVERS } from '../network/flows.ts'
import type { Network } from '../network/index.ts'
import { restrictedContainer } from '../pod-security.ts'
import { connects, resources } from '../pods.ts'
import type { Settings } from '../settings.ts'
import { type Dictionary, dictionary, siteInfo } from './handle-files.ts'
import { deployment, podsOf, script, toDatabase } from './workload.ts'

const NAME = 'handle'
/** The Handle System's port, by UDP and by TCP (RFC 3652). */
const PORT = 2641
const PLACES = { files: '/etc/handle', scripts: '/opt/kura', home: '/var/handle' }

interface HandleArgs {
  namespace: pulumi.Input<string>
  settings: Pick<Settings, 'registry' | 'identity'>
  network: Network
  /** Its public address. */
  address: pulumi.Input<string>
  data: Data
}

/** The Handle server of our prefix. Handles stand in PostgreSQL, and are backed up with it. */
export class Handle extends Component {
  constructor(name: string, args: HandleArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Handle', name, options)
    const { namespace, settings, address, data } = args
    const { prefix, ...size } = settings.identity.handle
    const { host, port, database, user, password } = data.handle
    const child = { parent: this }
    const metadata = { name: NAME, namespace, labels: this.labels }

    // The Handle System knows the public half from the record of our prefix: another key, and it no longer believes us.
    const key = new tls.PrivateKey(
      this.named('key'),
      { algorithm: 'RSA', rsaBits: 3072 },
      { parent: this, protect: true, retainOnDelete: true },
    )
    const admin = new tls.PrivateKey(this.named('admin'), { algorithm: 'RSA', rsaBits: 3072 }, child)

    const sslrootcert = `${PLACES.files}/authority.pem`
    const files = {
      'config.dct': password.apply((known) =>
        dictionary(
          configuration(prefix, {
            sql_url: `jdbc:postgresql://${host}:${port}/${database}?sslmode=verify-full&sslrootcert=${sslrootcert}`,
            sql_driver: 'org.postgresql.Driver',
            sql_login: user,
            sql_passwd: known,
            sql_read_only: 'no',
          }),
        ),
      ),
      'siteinfo.json': pulumi.output(address).apply(siteInfo),
      'authority.pem': data.database.authority,
      'server.pem': key.privateKeyPem,
      'server.pub.pem': key.publicKeyPem,
      'admin.pub.pem': admin.publicKeyPem,
      password,
    }
    const scripts = { 'handle.sh': script('handle.sh'), 'handle.sql': script('handle.sql') }
    const contents = new kubernetes.core.v1.Secret(this.named('files'), { metadata, stringData: files }, child)
    new kubernetes.core.v1.Secret(
      this.named('admin-key'),
      { metadata: { ...metadata, name: `${NAME}-admin` }, stringData: { 'admin.pem': admin.privateKeyPem } },
      child,
    )
    const scriptFiles = new kubernetes.core.v1.ConfigMap(this.named('scripts'), { metadata, data: scripts }, child)

    const container = {
      image: reference(settings.registry, images.handle),
      resources: resources(size),
      securityContext: restrictedContainer,
      volumeMounts: [
        { name: 'files', mountPath: PLACES.files, readOnly: true },
        { name: 'scripts', mountPath: PLACES.scripts, readOnly: true },
        { name: 'home', mountPath: PLACES.home },
        { name: 'temporary', mountPath: '/tmp' },
      ],
    }
    const probe = { tcpSocket: { port: 'tcp' }, periodSeconds: 10, timeoutSeconds: 3 }
    const open = (protocol: 'TCP' | 'UDP') => ({
      name: protocol.toLowerCase(),
      protocol,
      port: PORT,
      targetPort: protocol.toLowerCase(),
      nodePort: RESOLVERS,
    })
    deployment(
      (suffix) => this.named(suffix),
      {
        name: NAME,
        namespace,
        labels: this.labels,
        replicas: 1,
        checksum: checksum({ ...files, ...scripts }),
        annotations: connects(data.handle.connections),
        ports: [open('TCP'), open('UDP')],
        service: this.#balanced(args),
        pod: {
          initContainers: [
            {
              ...container,
              name: 'prepare',
              command: ['/bin/bash', `${PLACES.scripts}/handle.sh`],
              args: [PLACES.files, PLACES.home, `0.NA/${prefix}`, `${PLACES.scripts}/handle.sql`],
              env: Object.entries({
                PGHOST: host,
                PGPORT: String(port),
                PGDATABASE: database,
                PGUSER: user,
                PGSSLMODE: 'verify-full',
                PGSSLROOTCERT: sslrootcert,
              }).map(([variable, value]) => ({ name: variable, value })),
            },
          ],
          containers: [
            {
              ...container,
              name: NAME,
              command: ['hdl-server', PLACES.home],
              env: [{ name: 'JDK_JAVA_OPTIONS', value: '-XX:MaxRAMPercentage=60' }],
              ports: [
                { name: 'tcp', containerPort: PORT },
                { name: 'udp', containerPort: PORT, protocol: 'UDP' },
              ],
              startupProbe: { ...probe, failureThreshold: 30 },
              livenessProbe: { ...probe, failureThreshold: 6 },
              readinessProbe: probe,
            },
          ],
          volumes: [
            { name: 'files', secret: { secretName: contents.metadata.name, defaultMode: 0o440 } },
            { name: 'scripts', configMap: { name: scriptFiles.metadata.name } },
            { name: 'home', emptyDir: { sizeLimit: '1Gi' } },
            { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
          ],
        },
      },
      this,
    )
    this.#traffic(args)
    this.registerOutputs({ address })
  }

  /**
   * A network load balancer, which the cluster makes and keeps: it is in no state of Pulumi's. Its rules are ours
   * (`FLOWS`), and it hides who asks, so that nodes take the port from load balancers alone.
   */
  #balanced({ network, address }: HandleArgs) {
    return {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Cluster',
      annotations: {
        'oci.oraclecloud.com/load-balancer-type': 'nlb',
        'oci.oraclecloud.com/security-rule-management-mode': 'None',
        'oci.oraclecloud.com/reserved-ips': address,
        'oci-network-load-balancer.oraclecloud.com/node-label-selector': `${POOL}=web`,
        'oci-network-load-balancer.oraclecloud.com/subnet': network.subnetIds.loadBalancers,
        'oci-network-load-balancer.oraclecloud.com/oci-network-security-groups': network.groupIds.loadBalancers,
        'oci-network-load-balancer.oraclecloud.com/initial-freeform-tags-override': JSON.stringify(this.tags),
      },
    }
  }

  #traffic({ namespace, network, data }: HandleArgs) {
    allow(
      this.named('traffic'),
      `allow-${NAME}`,
      {
        namespace,
        labels: this.labels,
        pods: podsOf(NAME),
        // By way of whichever node the load balancer chose.
        ingress: [
          {
            from: [{ ipBlock: { cidr: network.addresses.nodes } }],
            ports: [tcp(PORT), { protocol: 'UDP', port: PORT }],
          },
        ],
        egress: [toNames, toDatabase(data, data.handle)],
      },
      this,
    )
  }
}

/** `config.dct`: one server, alone at its site, that answers for one prefix. */
function configuration(prefix: string, storage: Dictionary): Dictionary {
  const listener = { bind_address: '0.0.0.0', bind_port: String(PORT), num_threads: '15', log_accesses: 'yes' }
  const authority = `0.NA/${prefix}`
  return {
    server_type: 'server',
    interfaces: ['hdl_udp', 'hdl_tcp'],
    hdl_udp_config: listener,
    hdl_tcp_config: listener,
    // The logs are the container's output.
    log_save_config: { log_save_directory: 'logs', log_save_interval: 'Never' },
    no_udp_resolution: 'yes',
    server_config: {
      this_server_id: '1',
      case_sensitive: 'no',
      max_session_time: '86400000',
      max_auth_time: '60000',
      server_admins: [`300:${authority}`],
      replication_admins: [`300:${authority}`],
      auto_homed_prefixes: [authority],
      storage_type: 'sql',
      sql_settings: storage,
    },
  }
}

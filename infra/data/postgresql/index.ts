import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { BLOCK_STORAGE, PRIORITY } from '../../cluster/classes.ts'
import { apart, POOL, tolerations } from '../../cluster/placement.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import type { Login } from '../../password.ts'
import { connects, resources, scraped, type Workload } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import type { Authority } from '../authority.ts'
import { CONNECTIONS } from '../connections.ts'
import { AUTHORITY_FILE, Exporter, PASSWORD_FILE } from '../exporter.ts'
import { type WalArgs, walEnvironment, walPrefix } from './backup.ts'
import { PATRONI_SETTINGS, PORT } from './configuration.ts'
import { parameters } from './parameters.ts'
import { DATABASES, Grants, ROLES, type RoleName, Roles } from './roles.ts'

export { PORT } from './configuration.ts'
/** Patroni: its API, by which instances and the operator talk, and its metrics. */
export const PATRONI = 8008
/** Labels of the exporter's pod, and the port of its metrics. */
export const EXPORTER = { pods: { 'app.kubernetes.io/name': 'postgresql-exporter' }, port: 9187 }

/** Spilo's user and group: it runs as them from the start, and they read the certificate's key. */
const SPILO = { user: 101, group: 103 }

/** What is used of the Zalando operator's `postgresql` (acid.zalan.do/v1). */
interface PostgresqlSpec {
  teamId: string
  dockerImage: string
  numberOfInstances: number
  postgresql: { version: Settings['postgresql']['version']; parameters: Record<string, string> }
  /** Roles that the operator makes, with their flags. */
  users: Record<string, readonly string[]>
  /** Databases that the operator makes, with their owners. */
  databases: Record<string, string>
  patroni: typeof PATRONI_SETTINGS
  volume: { size: string; storageClass: string }
  resources: ReturnType<typeof resources>
  env: ReturnType<typeof walEnvironment>
  tls: { secretName: pulumi.Input<string>; caFile: string }
  spiloRunAsUser: number
  spiloRunAsGroup: number
  spiloFSGroup: number
  podPriorityClassName: string
  podAnnotations: Record<string, string>
  nodeAffinity: kubernetes.types.input.core.v1.NodeAffinity
  tolerations: ReturnType<typeof tolerations>
  topologySpreadConstraints: ReturnType<typeof apart>
}

interface PostgresqlArgs extends Pick<Settings, 'postgresql' | 'registry'> {
  namespace: string
  authority: Authority
  /** One on each node of its pool. */
  instances: number
  maxConnections: number
  wal: WalArgs
}

/** PostgreSQL by the Zalando operator: one primary and its standbys, of which one always has what is committed. */
export class Postgresql extends Component {
  /** Hosts of the operator's two Services. */
  readonly primary: string
  readonly standbys: string
  /** Labels of the instances' pods. */
  readonly pods: Record<string, string>
  readonly logins: Record<RoleName, Login>
  /** Where WAL and base backups lie in their bucket. */
  readonly walPrefix: string

  constructor(name: string, args: PostgresqlArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Postgresql', name, options)
    const { namespace, authority, instances, maxConnections, postgresql, registry, wal } = args
    this.primary = `${name}.${namespace}.svc`
    this.standbys = `${name}-repl.${namespace}.svc`
    this.pods = { 'cluster-name': name }
    this.walPrefix = walPrefix(name, postgresql.version)

    const roles = new Roles(
      this.named('roles'),
      { namespace, cluster: name, generation: postgresql.passwords },
      { parent: this },
    )
    this.logins = roles.logins

    const spec: PostgresqlSpec = {
      teamId: 'kura',
      dockerImage: reference(registry, images.spilo),
      numberOfInstances: instances,
      postgresql: { version: postgresql.version, parameters: parameters(postgresql, maxConnections) },
      users: Object.fromEntries(Object.values(ROLES).map(({ user, flags }) => [user, flags])),
      databases: {
        [DATABASES.control]: ROLES.provisioner.user,
        [DATABASES.identity]: ROLES.identity.user,
        [DATABASES.handle]: ROLES.handle.user,
      },
      patroni: PATRONI_SETTINGS,
      volume: { size: `${postgresql.volume}Gi`, storageClass: BLOCK_STORAGE },
      resources: resources(postgresql),
      env: walEnvironment(this.named('wal'), wal, { namespace, labels: this.labels }, this),
      tls: { secretName: authority.issue('postgresql', [this.primary, this.standbys]), caFile: 'ca.crt' },
      spiloRunAsUser: SPILO.user,
      spiloRunAsGroup: SPILO.group,
      spiloFSGroup: SPILO.group,
      podPriorityClassName: PRIORITY.data,
      podAnnotations: scraped(PATRONI),
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: POOL, operator: 'In', values: ['postgresql'] }] }],
        },
      },
      tolerations: tolerations('postgresql'),
      topologySpreadConstraints: apart(this.pods),
    }
    const cluster = new kubernetes.apiextensions.CustomResource(
      this.named('cluster'),
      { apiVersion: 'acid.zalan.do/v1', kind: 'postgresql', metadata: { name, namespace, labels: this.labels }, spec },
      { parent: this, dependsOn: roles.secrets, protect: true, retainOnDelete: true },
    )
    const grants = new Grants(
      this.named('grants'),
      { namespace, cluster: name, generation: postgresql.passwords, registry, host: this.primary, authority },
      { parent: this, dependsOn: cluster },
    )
    const { monitoring } = this.logins
    new Exporter(
      this.named('exporter'),
      {
        namespace,
        registry,
        authority,
        image: images.postgresExporter,
        ...EXPORTER,
        login: monitoring,
        generation: postgresql.passwords,
        arguments: [],
        // The primary knows of its standbys, of what it has archived, and of all databases.
        environment: {
          DATA_SOURCE_URI: `${this.primary}:${PORT}/postgres?sslmode=verify-full&sslrootcert=${AUTHORITY_FILE}`,
          DATA_SOURCE_USER: monitoring.user,
          DATA_SOURCE_PASS_FILE: PASSWORD_FILE,
        },
        annotations: connects(CONNECTIONS.exporter),
      },
      { parent: this, dependsOn: grants },
    )
    const workloads: Workload[] = [
      {
        name,
        namespace,
        kind: 'StatefulSet',
        replicas: instances,
        pool: 'postgresql',
        vcpu: postgresql.vcpu,
        memory: postgresql.memory,
        volume: postgresql.volume,
      },
    ]
    this.registerOutputs({ primary: this.primary, standbys: this.standbys, workloads })
  }
}

import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import type { Operators } from '../cluster/operators.ts'
import { letRabbitmqOperator } from '../cluster/rabbitmq-operator.ts'
import { Component } from '../component.ts'
import type { Login } from '../password.ts'
import type { Settings } from '../settings.ts'
import type { Files } from '../storage/files.ts'
import type { Storage } from '../storage/index.ts'
import { Authority } from './authority.ts'
import { CONNECTIONS, connections } from './connections.ts'
import { Elasticsearch } from './elasticsearch/index.ts'
import { REPOSITORIES } from './elasticsearch/repositories.ts'
import { networkPolicies } from './network-policies.ts'
import { Pgpool } from './pgpool/index.ts'
import { PORT, Postgresql } from './postgresql/index.ts'
import { DATABASES } from './postgresql/roles.ts'
import { Rabbitmq } from './rabbitmq/index.ts'
import { Redis } from './redis/index.ts'

/** How a cell reaches its databases. */
export interface Database {
  host: string
  port: number
  /** Certificate of the authority that has certified the server, PEM. */
  authority: pulumi.Output<string>
  provisioner: string
  provisionerPassword: pulumi.Output<string>
  control: string
}

/** A service beside the database, as a cell reaches it. */
export interface Service {
  url: string
  port: number
  /** Labels of its pods. */
  pods: Record<string, string>
  user: string
  password: pulumi.Output<string>
}

/** A database of its own on the primary, past pgpool-II: for what must read at once what it has written. */
export interface OwnDatabase extends Login {
  host: string
  port: number
  database: string
  /** Connections that one process may hold. */
  connections: number
}

interface DataArgs {
  settings: Settings
  cells: number
  cluster: Cluster
  operators: Operators
  storage: Storage
  files: Files
}

/** The services that keep data, in a namespace of their own. */
export class Data extends Component {
  readonly namespace: string
  readonly database: Database
  /** The identity provider's. */
  readonly identity: OwnDatabase
  /** The Handle server's. */
  readonly handle: OwnDatabase
  readonly search: Service
  readonly queue: Service
  readonly cache: Service
  /** PostgreSQL's own two hosts, on port 5432. */
  readonly hosts: { primary: string; standbys: string }
  /** Who reads everything in PostgreSQL, and copies whole instances. */
  readonly backup: Login
  readonly monitoring: Login
  /** Who takes snapshots, and the repositories that they go to. */
  readonly elasticsearch: { snapshot: Login; repositories: typeof REPOSITORIES }
  /** Where WAL and base backups lie in their bucket. */
  readonly walPrefix: string

  constructor(name: string, args: DataArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Data', name, options)
    const { settings, cells, cluster, operators, storage, files } = args
    const { registry, pools } = settings
    const { maxConnections } = connections(cells, settings)
    this.namespace = name

    const namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      {
        metadata: {
          name,
          // PostgreSQL's operator says nothing of capabilities and system calls, which `restricted` asks for.
          labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'baseline' },
        },
      },
      { parent: this, protect: true, retainOnDelete: true },
    )
    const inside = { parent: this, dependsOn: namespace }
    if (operators.rabbitmq)
      letRabbitmqOperator(
        (suffix) => this.named(`rabbitmq-operator-${suffix}`),
        { account: operators.rabbitmq, namespace: name, labels: this.labels },
        inside,
      )
    const on = (pool: keyof Cluster['pools']) => ({ parent: this, dependsOn: [namespace, cluster.pools[pool]] })
    const authority = new Authority(this.named('authority'), name, settings.keys.authorities, inside)
    const shared = { namespace: name, authority, registry }

    const postgresql = new Postgresql(
      this.named('postgresql'),
      {
        ...shared,
        postgresql: settings.postgresql,
        instances: pools.postgresql.nodes,
        maxConnections,
        wal: { store: storage.stores.wal, key: storage.keys.wal, backups: settings.backups },
      },
      on('postgresql'),
    )
    const pgpool = new Pgpool(
      this.named('pgpool'),
      { ...shared, postgresql, pgpool: settings.pgpool, instances: pools.pgpool.nodes },
      on('pgpool'),
    )
    const elasticsearch = new Elasticsearch(
      this.named('elasticsearch'),
      {
        ...shared,
        elasticsearch: settings.elasticsearch,
        instances: pools.elasticsearch.nodes,
        snapshots: { store: storage.stores.snapshots, key: storage.keys.snapshots, volume: files.elasticsearch },
      },
      on('elasticsearch'),
    )
    const rabbitmq = new Rabbitmq(
      this.named('rabbitmq'),
      {
        ...shared,
        rabbitmq: settings.rabbitmq,
        instances: pools.rabbitmq.nodes,
        cells,
        processes: settings.cells,
      },
      on('rabbitmq'),
    )
    const redis = new Redis(this.named('redis'), { ...shared, redis: settings.redis }, inside)

    const { logins, primary, standbys } = postgresql
    this.database = {
      host: pgpool.host,
      port: pgpool.port,
      authority: authority.certificate,
      provisioner: logins.provisioner.user,
      provisionerPassword: logins.provisioner.password,
      control: DATABASES.control,
    }
    this.search = elasticsearch.service
    this.queue = rabbitmq.service
    this.cache = redis.service
    this.hosts = { primary, standbys }
    this.backup = logins.backup
    this.monitoring = logins.monitoring
    const own = (name: 'identity' | 'handle'): OwnDatabase => ({
      ...logins[name],
      host: primary,
      port: PORT,
      database: DATABASES[name],
      connections: CONNECTIONS[name],
    })
    this.identity = own('identity')
    this.handle = own('handle')
    this.elasticsearch = { snapshot: elasticsearch.snapshot, repositories: REPOSITORIES }
    this.walPrefix = postgresql.walPrefix

    networkPolicies(
      (suffix) => this.named(suffix),
      {
        namespace: namespace.metadata.name,
        labels: this.labels,
        addresses: settings.network.addresses,
        instances: postgresql.pods,
        search: this.search,
        queue: this.queue,
        cache: this.cache,
      },
      this,
    )
    this.registerOutputs({ namespace: this.namespace, host: pgpool.host })
  }
}

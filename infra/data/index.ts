import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import type { Files } from '../storage/files.ts'
import type { Storage } from '../storage/index.ts'
import { Authority } from './authority.ts'
import { connections } from './connections.ts'
import { Pgpool } from './pgpool.ts'
import { CONTROL, Postgresql, PROVISIONER } from './postgresql.ts'

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

/** A database of its own in the shared PostgreSQL, for a service that is no institution. Reached by TLS alone. */
export interface OwnDatabase {
  /** PostgreSQL's primary itself. */
  host: string
  port: number
  database: string
  user: string
  password: pulumi.Output<string>
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

interface DataArgs {
  settings: Settings
  cells: number
  cluster: Cluster
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

  constructor(name: string, { settings, cells, cluster }: DataArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Data', name, options)
    const { maxConnections } = connections(cells, settings)
    this.namespace = name

    const namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      {
        metadata: {
          name,
          // PostgreSQL's image changes its user while it starts, which `restricted` forbids.
          labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'baseline' },
        },
      },
      { parent: this, protect: true, retainOnDelete: true },
    )
    const inside = { parent: this, dependsOn: namespace }
    const authority = new Authority(this.named('authority'), name, inside)

    const postgresql = new Postgresql(
      this.named('postgresql'),
      {
        namespace: name,
        authority,
        postgresql: settings.postgresql,
        instances: settings.pools.postgresql.nodes,
        maxConnections,
      },
      { parent: this, dependsOn: [namespace, cluster.pools.postgresql] },
    )
    const pgpool = new Pgpool(
      this.named('pgpool'),
      {
        namespace: name,
        authority,
        postgresql,
        pgpool: settings.pgpool,
        registry: settings.registry,
        instances: settings.pools.pgpool.nodes,
      },
      { parent: this, dependsOn: [namespace, cluster.pools.pgpool] },
    )

    this.database = {
      host: pgpool.host,
      port: pgpool.port,
      authority: authority.certificate,
      provisioner: PROVISIONER,
      provisionerPassword: postgresql.provisionerPassword,
      control: CONTROL,
    }
    // STUB
    const own = (database: string): OwnDatabase => ({
      host: postgresql.primary,
      port: 5432,
      database,
      user: database,
      password: pulumi.secret('stub'),
    })
    this.identity = own('identity')
    this.handle = own('handle')
    const service = (kind: string, url: string, port: number): Service => ({
      url,
      port,
      pods: { 'app.kubernetes.io/name': kind },
      user: 'kura',
      password: pulumi.secret('stub'),
    })
    this.search = service('elasticsearch', `https://elasticsearch.${name}.svc:9200`, 9200)
    this.queue = service('rabbitmq', `amqps://rabbitmq.${name}.svc:5671/kura`, 5671)
    this.cache = service('redis', `rediss://redis.${name}.svc:6379`, 6379)
    this.registerOutputs({ namespace: this.namespace, host: pgpool.host })
  }
}

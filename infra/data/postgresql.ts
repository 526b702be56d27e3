import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'
import { POOL, spread, tolerations } from '../cluster/placement.ts'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { cpu, memory } from '../units.ts'
import type { Authority } from './authority.ts'

/** The role that makes institutions' databases and roles, and the database that it works from. */
export const PROVISIONER = 'kura_provisioner'
export const CONTROL = 'kura'

/** What is used of the Zalando operator's `postgresql` (acid.zalan.do/v1). */
interface PostgresqlSpec {
  teamId: string
  numberOfInstances: number
  postgresql: { version: Settings['postgresql']['version']; parameters: Record<string, string> }
  /** Roles that the operator makes, with their flags. */
  users: Record<string, ('createdb' | 'createrole')[]>
  /** Databases that the operator makes, with their owners. */
  databases: Record<string, string>
  patroni: { synchronous_mode: boolean; synchronous_mode_strict: boolean }
  volume: { size: string; storageClass: string }
  resources: Record<'requests' | 'limits', { cpu?: string; memory: string }>
  tls: { secretName: pulumi.Input<string>; caFile: string }
  spiloFSGroup: number
  nodeAffinity: kubernetes.types.input.core.v1.NodeAffinity
  tolerations: ReturnType<typeof tolerations>
  topologySpreadConstraints: ReturnType<typeof spread>
}

interface PostgresqlArgs extends Pick<Settings, 'postgresql'> {
  namespace: string
  authority: Authority
  /** One on each node of its pool. */
  instances: number
  maxConnections: number
}

/** PostgreSQL by the Zalando operator: one primary and its standbys, of which one always has what is committed. */
export class Postgresql extends Component {
  /** Hosts of the operator's two Services. */
  readonly primary: string
  readonly standbys: string
  readonly provisionerPassword: pulumi.Output<string>

  constructor(name: string, args: PostgresqlArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Postgresql', name, options)
    const { namespace, authority, instances, maxConnections, postgresql } = args
    this.primary = `${name}.${namespace}.svc`
    this.standbys = `${name}-repl.${namespace}.svc`

    this.provisionerPassword = new RandomPassword(
      this.named('provisioner'),
      { length: 32, special: false },
      { parent: this },
    ).result
    const credentials = new kubernetes.core.v1.Secret(
      this.named('provisioner-secret'),
      {
        metadata: {
          // The operator's own naming (`secret_name_template`): it takes the password from here, and makes none.
          name: `${PROVISIONER.replaceAll('_', '-')}.${name}.credentials.postgresql.acid.zalan.do`,
          namespace,
          labels: { ...this.labels, 'cluster-name': name },
        },
        stringData: { username: PROVISIONER, password: this.provisionerPassword },
      },
      { parent: this },
    )

    const spec: PostgresqlSpec = {
      teamId: 'kura',
      numberOfInstances: instances,
      postgresql: {
        version: postgresql.version,
        parameters: {
          max_connections: String(maxConnections),
          shared_buffers: `${Math.floor(postgresql.memory * 256)}MB`,
          effective_cache_size: `${Math.floor(postgresql.memory * 640)}MB`,
          password_encryption: 'scram-sha-256',
          // A worker starts every naptime divided by the number of databases: the default would start ten a second.
          autovacuum_naptime: '10min',
        },
      },
      users: { [PROVISIONER]: ['createdb', 'createrole'] },
      databases: { [CONTROL]: PROVISIONER },
      patroni: { synchronous_mode: true, synchronous_mode_strict: false },
      volume: { size: `${postgresql.volume}Gi`, storageClass: 'oci-bv' },
      resources: {
        requests: { cpu: cpu(postgresql.vcpu), memory: memory(postgresql.memory) },
        limits: { memory: memory(postgresql.memory) },
      },
      tls: {
        secretName: authority.issue('postgresql', [this.primary, this.standbys]),
        caFile: 'ca.crt',
      },
      // The group of Spilo's postgres user, which must read the certificate's key.
      spiloFSGroup: 103,
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: POOL, operator: 'In', values: ['postgresql'] }] }],
        },
      },
      tolerations: tolerations('postgresql'),
      topologySpreadConstraints: spread({ 'cluster-name': name }),
    }
    new kubernetes.apiextensions.CustomResource(
      this.named('cluster'),
      { apiVersion: 'acid.zalan.do/v1', kind: 'postgresql', metadata: { name, namespace, labels: this.labels }, spec },
      { parent: this, dependsOn: credentials, protect: true, retainOnDelete: true },
    )
    this.registerOutputs({ primary: this.primary, standbys: this.standbys })
  }
}

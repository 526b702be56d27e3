import * as identity from '@pulumi/oci/identity/index.js'
import * as objectstorage from '@pulumi/oci/objectstorage/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { allow, is, oneOf } from '../operations/statements.ts'
import type { Keys } from '../protection/keys.ts'
import { type Settings, wrongSetting } from '../settings.ts'
import { BUCKETS, type BucketName, buckets } from './buckets.ts'
import { Replica } from './replica.ts'
import { type S3Key, S3User } from './s3-user.ts'

export type { BucketName } from './buckets.ts'
export type { S3Key } from './s3-user.ts'

/** Where the application finds a bucket by the S3 protocol. */
export interface ObjectStore {
  endpoint: string
  region: string
  bucket: string
}

/** What Object Storage does by itself, as Oracle's IAM calls it. */
const LIFECYCLE = [
  'BUCKET_INSPECT',
  'BUCKET_READ',
  'OBJECT_INSPECT',
  'OBJECT_UPDATE_TIER',
  'OBJECT_DELETE',
  'OBJECT_VERSION_DELETE',
]
const REPLICATION = [
  'BUCKET_READ',
  'BUCKET_UPDATE',
  'OBJECT_READ',
  'OBJECT_INSPECT',
  'OBJECT_CREATE',
  'OBJECT_OVERWRITE',
  'OBJECT_RESTORE',
  'OBJECT_DELETE',
]

const READ = ['BUCKET_INSPECT', 'BUCKET_READ', 'OBJECT_INSPECT', 'OBJECT_READ']
/** An upload in parts asks for the right to overwrite, also where nothing is overwritten. */
const ADD = [...READ, 'OBJECT_CREATE', 'OBJECT_OVERWRITE']
/** Never old versions: who has the application's key can hide a file, and destroy none. */
const REMOVE = [...ADD, 'OBJECT_DELETE']

/** What S3 keys are for: one user each, who may do that alone. */
const PURPOSES = {
  contents: { purpose: 'The application keeps files', buckets: ['contents'], permissions: REMOVE },
  dumps: { purpose: 'Dumps of institutions are written, and read to restore', buckets: ['dumps'], permissions: ADD },
  wal: { purpose: 'PostgreSQL writes and expires base backups and WAL', buckets: ['wal'], permissions: REMOVE },
  snapshots: { purpose: 'Elasticsearch writes and expires snapshots', buckets: ['snapshots'], permissions: REMOVE },
  offsite: { purpose: 'Backups are copied off-site', buckets: ['dumps', 'wal', 'snapshots'], permissions: READ },
} as const satisfies Record<string, { purpose: string; buckets: readonly BucketName[]; permissions: readonly string[] }>
export type Purpose = keyof typeof PURPOSES

interface StorageArgs {
  settings: Pick<Settings, 'compartment' | 'region' | 'tenancyId' | 'storage' | 'zone'>
  keys: Keys
  /** Provider of the home region, where users are written. */
  home: pulumi.ProviderResource
}

/** Object storage: its buckets, and who may use which by the S3 protocol. */
export class Storage extends Component {
  /** The tenancy's name in object storage. */
  readonly namespace: pulumi.Output<string>
  /** Names of the buckets. */
  readonly buckets: Record<BucketName, pulumi.Output<string>>
  readonly stores: Record<BucketName, pulumi.Output<ObjectStore>>
  /** The key in use for each purpose. */
  readonly keys: Record<Purpose, S3Key>

  constructor(name: string, { settings, keys, home }: StorageArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Storage', name, options)
    const { compartment, region, storage } = settings
    const { replica } = storage
    if (replica === region) throw wrongSetting('storage.replica', `${replica} holds the originals; name another region`)

    const { namespace } = objectstorage.getNamespaceOutput({ compartmentId: compartment }, { parent: this })
    this.namespace = namespace
    const kinds = buckets(storage)
    const made = each((bucket) => {
      const { versioned, kept } = kinds[bucket]
      return new objectstorage.Bucket(
        this.named(bucket),
        {
          name: this.#unique(bucket),
          compartmentId: compartment,
          namespace,
          kmsKeyId: keys.ids.buckets,
          accessType: 'NoPublicAccess',
          objectEventsEnabled: true,
          ...(versioned ? { versioning: 'Enabled' } : {}),
          ...(kept === undefined
            ? {}
            : { retentionRules: [{ displayName: 'kept', duration: { timeAmount: String(kept), timeUnit: 'DAYS' } }] }),
          freeformTags: this.tags,
        },
        { parent: this, protect: true, retainOnDelete: true },
      )
    })
    this.buckets = each((bucket) => made[bucket].name)
    this.stores = each((bucket) =>
      pulumi.all([namespace, made[bucket].name]).apply(([owner, bucketName]) => ({
        endpoint: `https://${owner}.compat.objectstorage.${region}.oraclecloud.com`,
        region,
        bucket: bucketName,
      })),
    )

    const targets = { contents: this.#unique('replica-contents'), dumps: this.#unique('replica-dumps') }
    const permission = this.#permission(settings, targets, home)
    for (const bucket of BUCKETS)
      new objectstorage.ObjectLifecyclePolicy(
        this.named(`${bucket}-lifecycle`),
        { bucket: made[bucket].name, namespace, rules: kinds[bucket].lifecycle },
        { parent: this, dependsOn: permission },
      )
    if (replica !== undefined)
      new Replica(
        this.named('replica'),
        { settings, region: replica, namespace, sources: made, targets, permission },
        { parent: this },
      )

    const user = (of: Purpose) => {
      const { purpose, buckets: used, permissions } = PURPOSES[of]
      return new S3User(
        this.named(`${of}-user`),
        { settings, purpose, buckets: used.map((bucket) => made[bucket].name), permissions },
        { parent: this, provider: home },
      ).key
    }
    this.keys = {
      contents: user('contents'),
      dumps: user('dumps'),
      wal: user('wal'),
      snapshots: user('snapshots'),
      offsite: user('offsite'),
    }
    this.registerOutputs({ buckets: this.buckets })
  }
  /** A name of its own in the tenancy, which all stacks share. */
  #unique(suffix: string): string {
    return `${this.named(suffix)}-${pulumi.getStack()}`
  }

  /** What Object Storage may do by itself: move and delete what has come of age, and copy to another region. */
  #permission(
    { compartment, region, storage }: Pick<Settings, 'compartment' | 'region' | 'storage'>,
    targets: { contents: string; dumps: string },
    home: pulumi.ProviderResource,
  ): identity.Policy {
    const may = (where: string, permissions: readonly string[]) => (bucket: string) =>
      allow(
        `service objectstorage-${where}`,
        'manage object-family',
        compartment,
        is('target.bucket.name', bucket),
        oneOf('request.permission', permissions),
      )
    const lifecycle = BUCKETS.map((bucket) => this.#unique(bucket)).map(may(region, LIFECYCLE))
    const copies = Object.values(targets)
    const replication =
      storage.replica === undefined
        ? []
        : [
            ...[this.#unique('contents'), this.#unique('dumps'), ...copies].map(may(region, REPLICATION)),
            ...copies.map(may(storage.replica, LIFECYCLE)),
          ]
    return new identity.Policy(
      this.named('service'),
      {
        name: this.#unique('service'),
        compartmentId: compartment,
        description: 'Object Storage carries out what the buckets say: lifecycle and replication',
        statements: [...lifecycle, ...replication],
        freeformTags: this.tags,
      },
      { parent: this, provider: home },
    )
  }
}

function each<T>(make: (bucket: BucketName) => T): Record<BucketName, T> {
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, make(bucket)])) as Record<BucketName, T>
}

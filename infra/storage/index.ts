import * as objectstorage from '@pulumi/oci/objectstorage/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Keys } from '../protection/keys.ts'
import type { Settings } from '../settings.ts'

/** Where the application finds a bucket by the S3 protocol. */
export interface ObjectStore {
  endpoint: string
  region: string
  bucket: string
}

/** A key of the S3 protocol. */
export interface S3Key {
  id: pulumi.Output<string>
  secret: pulumi.Output<string>
}

const BUCKETS = ['contents', 'dumps', 'wal', 'snapshots', 'logs'] as const
export type BucketName = (typeof BUCKETS)[number]
/** What S3 keys are for: one user each, who may do that alone. `offsite` reads the backups. */
const PURPOSES = ['contents', 'dumps', 'wal', 'snapshots', 'offsite'] as const
export type Purpose = (typeof PURPOSES)[number]

interface StorageArgs {
  settings: Pick<Settings, 'compartment' | 'region' | 'tenancyId' | 'storage'>
  keys: Keys
  /** Provider of the home region, where users are written. */
  home: pulumi.ProviderResource
}

/** Object storage: its buckets, and who may use which by the S3 protocol. */
export class Storage extends Component {
  readonly stores: Record<BucketName, pulumi.Output<ObjectStore>>
  /** The key in use for each purpose. */
  readonly keys: Record<Purpose, S3Key>

  constructor(name: string, { settings }: StorageArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Storage', name, options)
    const { namespace } = objectstorage.getNamespaceOutput({ compartmentId: settings.compartment }, { parent: this })

    const contents = new objectstorage.Bucket(
      this.named('contents'),
      {
        // Bucket names are one space for all stacks of a tenancy.
        name: `${this.named('contents')}-${pulumi.getStack()}`,
        compartmentId: settings.compartment,
        namespace,
        freeformTags: this.tags,
        accessType: 'NoPublicAccess',
        versioning: 'Enabled',
      },
      { parent: this, protect: true, retainOnDelete: true },
    )

    const { region } = settings
    // STUB
    const store = pulumi.all([namespace, contents.name]).apply(([owner, bucket]) => ({
      endpoint: `https://${owner}.compat.objectstorage.${region}.oraclecloud.com`,
      region,
      bucket,
    }))
    this.stores = { contents: store, dumps: store, wal: store, snapshots: store, logs: store }
    const key = { id: pulumi.output('stub-id'), secret: pulumi.secret('stub-secret') }
    this.keys = { contents: key, dumps: key, wal: key, snapshots: key, offsite: key }
    this.registerOutputs({})
  }
}

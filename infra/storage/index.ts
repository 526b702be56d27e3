import * as objectstorage from '@pulumi/oci/objectstorage/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'

/** Where the application finds a bucket by the S3 protocol. */
export interface ObjectStore {
  endpoint: string
  region: string
  bucket: string
}

/** Object storage. */
export class Storage extends Component {
  /** Institutions' files, each below its institution's prefix. */
  readonly contents: pulumi.Output<ObjectStore>

  constructor(
    name: string,
    settings: Pick<Settings, 'compartment' | 'region'>,
    options: pulumi.ComponentResourceOptions,
  ) {
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
    this.contents = pulumi.all([namespace, contents.name]).apply(([owner, bucket]) => ({
      endpoint: `https://${owner}.compat.objectstorage.${region}.oraclecloud.com`,
      region,
      bucket,
    }))
    this.registerOutputs({ contents: this.contents })
  }
}

import * as objectstorage from '@pulumi/oci/objectstorage/index.js'
import { Provider } from '@pulumi/oci/provider.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { archived, infrequent, type LifecycleRule } from './buckets.ts'

interface ReplicaArgs {
  settings: Pick<Settings, 'compartment' | 'storage'>
  region: string
  namespace: pulumi.Input<string>
  /** Buckets that are copied. */
  sources: Record<'contents' | 'dumps', objectstorage.Bucket>
  /** Names of the buckets that they are copied to. */
  targets: Record<'contents' | 'dumps', string>
  /** Lets Object Storage copy, here and there. */
  permission: pulumi.Resource
}

/**
 * Copies of what cannot be made again, in another region. A target is plain: Oracle Cloud allows it neither versions
 * nor retention, and our keys do not leave their region, so Oracle's own encrypts it. Deletions are carried over: a
 * copy answers for the loss of a region, versions and retention at the source for mistakes.
 */
export class Replica extends Component {
  constructor(name: string, args: ReplicaArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Replica', name, options)
    const { settings, region, namespace, sources, targets, permission } = args
    const there = { parent: this, provider: new Provider(this.named('region'), { region }, { parent: this }) }

    const copy = (of: keyof typeof sources, tier: LifecycleRule) => {
      const target = new objectstorage.Bucket(
        this.named(of),
        {
          name: targets[of],
          compartmentId: settings.compartment,
          namespace,
          accessType: 'NoPublicAccess',
          objectEventsEnabled: true,
          freeformTags: this.tags,
        },
        { ...there, protect: true, retainOnDelete: true },
      )
      new objectstorage.ObjectLifecyclePolicy(
        this.named(`${of}-lifecycle`),
        { bucket: target.name, namespace, rules: [tier] },
        { ...there, dependsOn: permission },
      )
      new objectstorage.ReplicationPolicy(
        this.named(`${of}-policy`),
        {
          name: this.named(of),
          bucket: sources[of].name,
          namespace,
          destinationBucketName: target.name,
          destinationRegionName: region,
        },
        { parent: this, dependsOn: permission },
      )
    }
    copy('contents', infrequent)
    copy('dumps', archived(settings.storage.archiveDumps))
    this.registerOutputs({})
  }
}

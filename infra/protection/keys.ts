import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'

/** What is encrypted by a key of ours, each by one of its own. */
const KEYS = ['kubernetes', 'volumes', 'files', 'buckets'] as const
export type KeyName = (typeof KEYS)[number]

/** The vault with the keys by which everything stored is encrypted. */
export class Keys extends Component {
  readonly vaultId: pulumi.Output<string>
  /** OCIDs. */
  readonly ids: Record<KeyName, pulumi.Output<string>>

  constructor(name: string, _settings: Pick<Settings, 'compartment'>, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Keys', name, options)
    // STUB
    const stub = pulumi.output('ocid1.key.oc1.ap-tokyo-1.stub')
    this.vaultId = stub
    this.ids = { kubernetes: stub, volumes: stub, files: stub, buckets: stub }
    this.registerOutputs({})
  }
}

import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import type { Alarms } from './alarms.ts'

interface DeliveryArgs {
  settings: Pick<Settings, 'compartment' | 'region' | 'registry' | 'delivery'>
  network: Network
  alarms: Alarms
}

/** From a commit to what runs: repositories of images, build and deployment pipelines, the nightly comparison. */
export class Delivery extends Component {
  constructor(name: string, _args: DeliveryArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Delivery', name, options)
    // STUB
    this.registerOutputs({})
  }
}

import type * as pulumi from '@pulumi/pulumi'
import type { TenantFile } from '../../app/tenancy/schema.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import type { Settings } from '../settings.ts'
import type { Files } from '../storage/files.ts'
import type { Storage } from '../storage/index.ts'

interface BackupsArgs {
  settings: Pick<Settings, 'registry' | 'backups' | 'pools' | 'sinet' | 'region'>
  tenants: TenantFile[]
  data: Data
  storage: Storage
  files: Files
}

/** Copies of what must not be lost, each with a job that looks whether it is there: dumps, physical backups, snapshots. */
export class Backups extends Component {
  constructor(name: string, _args: BackupsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Backups', name, options)
    // STUB
    this.registerOutputs({})
  }
}

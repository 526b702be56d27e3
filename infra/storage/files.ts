import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Keys } from '../protection/keys.ts'
import type { Settings } from '../settings.ts'

/** A file system as the cluster mounts it: volume handles of the CSI driver `fss.csi.oraclecloud.com`. */
export interface FileVolume {
  /** Where root of a client is nobody: for everything that runs. */
  handle: pulumi.Output<string>
  /** Where it stays root: for the job that makes directories. */
  rootHandle: pulumi.Output<string>
}

interface FilesArgs {
  settings: Pick<Settings, 'compartment' | 'storage'>
  keys: Keys
  network: Network
  cells: string[]
}

/** File storage (NFS): one file system for each cell, and one each for the backups that go there. */
export class Files extends Component {
  readonly postgresql: FileVolume
  readonly elasticsearch: FileVolume
  readonly #cells: Map<string, FileVolume>

  constructor(name: string, { cells }: FilesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Files', name, options)
    // STUB
    const stub = (of: string): FileVolume => ({
      handle: pulumi.output(`ocid1.filesystem.oc1.ap-tokyo-1.${of}:10.0.9.9:/${of}`),
      rootHandle: pulumi.output(`ocid1.filesystem.oc1.ap-tokyo-1.${of}:10.0.9.9:/${of}-root`),
    })
    this.postgresql = stub('postgresql')
    this.elasticsearch = stub('elasticsearch')
    this.#cells = new Map(cells.map((cell) => [cell, stub(cell)]))
    this.registerOutputs({})
  }

  /** The file system of a cell. */
  of(cell: string): FileVolume {
    const volume = this.#cells.get(cell)
    if (volume === undefined) throw new Error(`no file system was made for cell ${cell}`)
    return volume
  }
}

import * as core from '@pulumi/oci/core/index.js'
import * as filestorage from '@pulumi/oci/filestorage/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import { subnetRanges } from '../network/subnets.ts'
import type { Keys } from '../protection/keys.ts'
import { type Settings, wrongSetting } from '../settings.ts'
import { placeOf } from './jump-hash.ts'

/** A file system by its two exports. */
export interface FileVolume {
  /** Where root of a client is nobody, for everything that runs: volume handle of the driver `fss.csi.oraclecloud.com`. */
  handle: pulumi.Output<string>
  /** Where it stays root, for the job that makes directories: as NFS names it. */
  root: { server: pulumi.Output<string>; path: pulumi.Output<string> }
}

/** Exports that a mount target takes, and those of a file system. */
const EXPORTS_OF_TARGET = 100
const EXPORTS_OF_FILE_SYSTEM = 2

/** File systems that backups go to. */
const BACKUPS = ['postgresql', 'elasticsearch'] as const

const DAY_SECONDS = 86_400

interface MountTarget {
  exportSetId: pulumi.Output<string>
  address: pulumi.Output<string>
}

interface FilesArgs {
  settings: Pick<Settings, 'compartment' | 'network' | 'storage'>
  keys: Keys
  network: Network
  cells: string[]
}

/**
 * File storage (NFS): one file system for each cell, and one each for the backups that go there. Which mount target
 * serves a file system follows from its name alone, so that a new cell moves no other.
 */
export class Files extends Component {
  readonly postgresql: FileVolume
  readonly elasticsearch: FileVolume
  readonly #cells: Map<string, FileVolume>
  readonly #common: Pick<filestorage.FileSystemArgs, 'availabilityDomain' | 'compartmentId' | 'freeformTags'>
  readonly #args: FilesArgs
  readonly #targets: MountTarget[]

  constructor(name: string, args: FilesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Files', name, options)
    const { settings, cells } = args
    const { nodes, dataNodes } = subnetRanges(settings.network.addresses)
    this.#args = args
    const inCells = cells.map((cell) => `cell-${cell}`)
    checkRoom([...BACKUPS, ...inCells], settings.storage.mountTargets)

    const domains = identity.getAvailabilityDomainsOutput({ compartmentId: settings.compartment }, { parent: this })
    this.#common = {
      // A file system cannot leave its domain: always the first by name, in whatever order they are listed.
      availabilityDomain: domains.availabilityDomains.apply((listed) => {
        const [first] = listed.map((domain) => domain.name).sort()
        if (first === undefined) throw new pulumi.RunError('the region has no availability domain')
        return first
      }),
      compartmentId: settings.compartment,
      freeformTags: this.tags,
    }
    this.#targets = Array.from({ length: settings.storage.mountTargets }, (_, place) => this.#mountTarget(place + 1))

    const snapshots = new filestorage.FilesystemSnapshotPolicy(
      this.named('snapshots'),
      {
        ...this.#common,
        displayName: this.named('snapshots'),
        policyPrefix: 'kura',
        schedules: [
          { period: 'DAILY', hourOfDay: 21, retentionDurationInSeconds: String(7 * DAY_SECONDS), timeZone: 'UTC' },
          {
            period: 'WEEKLY',
            dayOfWeek: 'SUNDAY',
            hourOfDay: 22,
            retentionDurationInSeconds: String(28 * DAY_SECONDS),
            timeZone: 'UTC',
          },
        ],
      },
      // File systems that outlive `destroy` name it.
      { parent: this, retainOnDelete: true },
    )
    const backup = (of: (typeof BACKUPS)[number]) =>
      this.#fileSystem(
        of,
        { filesystemSnapshotPolicyId: snapshots.id },
        [nodes, dataNodes],
        // A cell's is not protected: removing a cell takes it from the definition, and leaves it where it is.
        { protect: true, retainOnDelete: true },
      )
    this.postgresql = backup('postgresql')
    this.elasticsearch = backup('elasticsearch')
    this.#cells = new Map(
      cells.map((cell) => [cell, this.#fileSystem(`cell-${cell}`, {}, [nodes], { retainOnDelete: true })]),
    )
    this.registerOutputs({
      postgresql: this.postgresql,
      elasticsearch: this.elasticsearch,
      cells: Object.fromEntries(this.#cells),
    })
  }

  /** The file system of a cell. */
  of(cell: string): FileVolume {
    const volume = this.#cells.get(cell)
    if (volume === undefined) throw new Error(`no file system was made for cell ${cell}`)
    return volume
  }

  #mountTarget(number: number): MountTarget {
    const { network } = this.#args
    const suffix = `mount-target-${number}`
    const target = new filestorage.MountTarget(
      this.named(suffix),
      {
        ...this.#common,
        displayName: this.named(suffix),
        subnetId: network.subnetIds.files,
        nsgIds: [network.groupIds.files],
      },
      { parent: this, protect: true, retainOnDelete: true },
    )
    const privateIpId = target.privateIpIds.apply(([first]) => {
      if (first === undefined) throw new pulumi.RunError(`${this.named(suffix)} has no address`)
      return first
    })
    return {
      exportSetId: target.exportSetId,
      address: core.getPrivateIpOutput({ privateIpId }, { parent: this }).ipAddress,
    }
  }

  /** A file system with its two exports. Only nodes may mount it: pods have addresses of their own, and no way to it. */
  #fileSystem(
    suffix: string,
    more: Pick<filestorage.FileSystemArgs, 'filesystemSnapshotPolicyId'>,
    clients: string[],
    options: pulumi.CustomResourceOptions,
  ): FileVolume {
    const { keys, settings } = this.#args
    const target = this.#targets[placeOf(suffix, settings.storage.mountTargets)]
    if (target === undefined) throw new Error(`no mount target was made for ${suffix}`)
    const fileSystem = new filestorage.FileSystem(
      this.named(suffix),
      { ...this.#common, ...more, displayName: this.named(suffix), kmsKeyId: keys.ids.files },
      { parent: this, ...options },
    )
    const exported = (path: string, kind: string, identitySquash: 'ROOT' | 'NONE') =>
      new filestorage.Export(
        this.named(`${kind}-${suffix}`),
        {
          exportSetId: target.exportSetId,
          fileSystemId: fileSystem.id,
          path,
          exportOptions: clients.map((source) => ({
            source,
            access: 'READ_WRITE',
            identitySquash,
            requirePrivilegedSourcePort: true,
            allowedAuths: ['SYS'],
          })),
        },
        { parent: this },
      )
    const { path } = exported(`/${suffix}`, 'export', 'ROOT')
    return {
      handle: pulumi.interpolate`${fileSystem.id}:${target.address}:${path}`,
      root: { server: target.address, path: exported(`/as-root/${suffix}`, 'root-export', 'NONE').path },
    }
  }
}

/** @throws pulumi.RunError if a mount target would have to take more exports than it can. */
function checkRoom(fileSystems: string[], targets: number): void {
  const fits = (count: number) =>
    [...Map.groupBy(fileSystems, (name) => placeOf(name, count)).values()].every(
      ({ length }) => length * EXPORTS_OF_FILE_SYSTEM <= EXPORTS_OF_TARGET,
    )
  if (fits(targets)) return
  let needed = targets
  while (!fits(needed)) needed++
  throw wrongSetting(
    'storage.mountTargets',
    `${targets} is too few: ${fileSystems.length} file systems need ${needed}, as one takes ${EXPORTS_OF_TARGET} exports`,
  )
}

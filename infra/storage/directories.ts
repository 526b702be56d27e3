import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { SCRATCH } from '../../app/config.ts'
import { PRIORITY } from '../cluster/classes.ts'
import { allow } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { restrictedContainer, USER } from '../pod-security.ts'
import { podOn, resources } from '../pods.ts'
import type { Settings } from '../settings.ts'
import type { Files, FileVolume } from './files.ts'

const SCRIPT = readFileSync(join(import.meta.dirname, 'scripts/directories.sh'), 'utf8')

/** Where the job sees a file system. */
const ROOT = '/files'

/** Folders of the file systems that backups go to. */
export const BACKUP_FOLDERS = { postgresql: 'physical', elasticsearch: 'snapshots' } as const

interface DirectoriesArgs {
  settings: Pick<Settings, 'registry'>
  files: Files
  cells: string[]
}

/**
 * The folders of file systems. A new file system belongs to root, whom its export takes for nobody: so a job makes the
 * folders through an export where root stays root, in a namespace of its own, because others allow no root.
 */
export class Directories extends Component {
  readonly #namespace: pulumi.Output<string>
  readonly #registry: string
  readonly #jobs: Map<string, kubernetes.batch.v1.Job>

  constructor(name: string, { settings, files, cells }: DirectoriesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Directories', name, options)
    const { labels } = this
    this.#registry = settings.registry
    this.#namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      // Root, which `restricted` forbids.
      { metadata: { name, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'baseline' } } },
      { parent: this },
    ).metadata.name
    allow(this.named('deny-all'), 'deny-all', { namespace: this.#namespace, labels }, this)

    const backups = (['postgresql', 'elasticsearch'] as const).map(
      (of) => [of, this.#job(of, files[of].root, [BACKUP_FOLDERS[of]], labels)] as const,
    )
    this.#jobs = new Map([
      ...backups,
      ...cells.map((cell) => {
        const job = this.#job(`cell-${cell}`, files.of(cell).root, SCRATCH, { ...labels, 'kura/cell': cell })
        return [`cell-${cell}`, job] as const
      }),
    ])
    this.registerOutputs({ namespace: this.#namespace })
  }

  #job(of: string, root: FileVolume['root'], folders: readonly string[], labels: Record<string, string>) {
    return new kubernetes.batch.v1.Job(
      this.named(of),
      {
        metadata: { name: of, namespace: this.#namespace, labels },
        spec: {
          backoffLimit: 6,
          activeDeadlineSeconds: 1800,
          template: {
            metadata: { labels },
            spec: {
              ...podOn('web', labels),
              priorityClassName: PRIORITY.batch,
              restartPolicy: 'OnFailure',
              securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  name: 'directories',
                  // Any image with a shell; this one changes seldom, and a job that changes runs again.
                  image: reference(this.#registry, images.nginx),
                  command: ['sh', '-c', SCRIPT, 'directories'],
                  args: [ROOT, String(USER), ...folders],
                  resources: resources({ vcpu: 0.05, burst: 1, memory: 0.0625 }),
                  securityContext: { ...restrictedContainer, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
                  volumeMounts: [{ name: 'files', mountPath: ROOT }],
                },
              ],
              // Without a volume of the cluster: nothing is left by which another pod could come in as root.
              volumes: [{ name: 'files', nfs: root }],
            },
          },
        },
      },
      // Its pods' template cannot be changed.
      { parent: this, deleteBeforeReplace: true, replaceOnChanges: ['spec'] },
    )
  }

  /** What has made the folders of a file system, once it is done: `postgresql`, `elasticsearch`, `cell-<cell>`. */
  of(name: string): kubernetes.batch.v1.Job {
    const job = this.#jobs.get(name)
    if (job === undefined) throw new Error(`no folders were made for ${name}`)
    return job
  }
}

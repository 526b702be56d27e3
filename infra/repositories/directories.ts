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
import type { Files } from '../storage/files.ts'
import { FILES } from './configuration.ts'
import { fileClaim } from './file-claim.ts'

const SCRIPT = readFileSync(join(import.meta.dirname, 'scripts/directories.sh'), 'utf8')

interface DirectoriesArgs {
  settings: Pick<Settings, 'registry'>
  files: Files
  cells: string[]
}

/**
 * The folders of cells' file systems. A new one belongs to root, whom its export takes for nobody: so a job makes the
 * folders through an export where root stays root, in a namespace of its own, because cells allow no root.
 */
export class Directories extends Component {
  readonly #jobs: Map<string, kubernetes.batch.v1.Job>

  constructor(name: string, { settings, files, cells }: DirectoriesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Directories', name, options)
    const { labels } = this
    const { metadata } = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      // Root, which `restricted` forbids.
      { metadata: { name, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'baseline' } } },
      { parent: this },
    )
    const namespace = metadata.name
    allow(this.named('deny-all'), 'deny-all', { namespace, labels }, this)

    this.#jobs = new Map(
      cells.map((cell) => {
        const ofCell = { ...labels, 'kura/cell': cell }
        const claim = fileClaim(
          this.named(`${cell}-files`),
          { volume: this.named(cell), claim: cell, namespace, labels: ofCell, handle: files.of(cell).rootHandle },
          this,
        )
        const job = new kubernetes.batch.v1.Job(
          this.named(cell),
          {
            metadata: { name: cell, namespace, labels: ofCell },
            spec: {
              backoffLimit: 6,
              template: {
                metadata: { labels: ofCell },
                spec: {
                  ...podOn('web', ofCell),
                  priorityClassName: PRIORITY.batch,
                  restartPolicy: 'OnFailure',
                  securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } },
                  containers: [
                    {
                      name: 'directories',
                      // Any image with a shell; this one changes seldom, and a job that changes runs again.
                      image: reference(settings.registry, images.nginx),
                      command: ['sh', '-c', SCRIPT, 'directories'],
                      args: [FILES, String(USER), ...SCRATCH],
                      resources: resources({ vcpu: 0.05, burst: 1, memory: 0.0625 }),
                      securityContext: { ...restrictedContainer, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
                      volumeMounts: [{ name: 'files', mountPath: FILES }],
                    },
                  ],
                  volumes: [{ name: 'files', persistentVolumeClaim: { claimName: claim } }],
                },
              },
            },
          },
          // Its pods' template cannot be changed.
          { parent: this, deleteBeforeReplace: true },
        )
        return [cell, job]
      }),
    )
    this.registerOutputs({ namespace })
  }

  /** What has made the folders of a cell, once it is done. */
  of(cell: string): kubernetes.batch.v1.Job {
    const job = this.#jobs.get(cell)
    if (job === undefined) throw new Error(`no folders were made for cell ${cell}`)
    return job
  }
}

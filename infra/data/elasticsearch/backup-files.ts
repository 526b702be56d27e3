import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { PRIORITY } from '../../cluster/classes.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { podOn, resources } from '../../pods.ts'
import type { FileVolume } from '../../storage/files.ts'

/** File storage has no size: what a claim asks for is a matter of form. */
const NOMINAL = '50Ti'

interface BackupFilesArgs {
  namespace: string
  registry: string
  volume: FileVolume
  /** Who writes there. */
  owner: number
}

/** File storage for snapshots, as a volume, and the Job that gives it to the user that Elasticsearch runs as. */
export class BackupFiles extends Component {
  /** The claim that nodes mount. */
  readonly claim: pulumi.Output<string>

  constructor(name: string, args: BackupFilesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:BackupFiles', name, options)
    const { namespace, registry, volume, owner } = args
    this.claim = this.#claim('files', namespace, volume.handle)
    const root = this.#claim('root', namespace, volume.rootHandle)

    const selector = { 'app.kubernetes.io/name': 'elasticsearch-backup-files' }
    const labels = { ...this.labels, ...selector }
    const pod = podOn('web', selector)
    new kubernetes.batch.v1.Job(
      this.named('job'),
      {
        metadata: { name, namespace, labels },
        spec: {
          backoffLimit: 6,
          template: {
            metadata: { labels },
            spec: {
              ...pod,
              restartPolicy: 'Never',
              priorityClassName: PRIORITY.batch,
              // Root, since a new file system is root's; it may do nothing but give the folder away.
              securityContext: { runAsUser: 0, seccompProfile: pod.securityContext.seccompProfile },
              containers: [
                {
                  name: 'owner',
                  image: reference(registry, images.elasticsearch),
                  command: ['chown', `${owner}:${owner}`, '/files'],
                  resources: resources({ vcpu: 0.05, memory: 0.0625 }),
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'], add: ['CHOWN'] },
                  },
                  volumeMounts: [{ name: 'files', mountPath: '/files' }],
                },
              ],
              volumes: [{ name: 'files', persistentVolumeClaim: { claimName: root } }],
            },
          },
        },
      },
      { parent: this, deleteBeforeReplace: true, replaceOnChanges: ['spec'] },
    )
    this.registerOutputs({})
  }

  #claim(suffix: string, namespace: string, handle: pulumi.Output<string>): pulumi.Output<string> {
    const name = this.named(suffix)
    const shared = { accessModes: ['ReadWriteMany'], storageClassName: '' }
    const volume = new kubernetes.core.v1.PersistentVolume(
      this.named(`${suffix}-volume`),
      {
        metadata: { name, labels: this.labels },
        spec: {
          ...shared,
          capacity: { storage: NOMINAL },
          persistentVolumeReclaimPolicy: 'Retain',
          mountOptions: ['nosuid'],
          csi: { driver: 'fss.csi.oraclecloud.com', volumeHandle: handle },
        },
      },
      { parent: this },
    )
    const claim = new kubernetes.core.v1.PersistentVolumeClaim(
      this.named(`${suffix}-claim`),
      {
        metadata: { name, namespace, labels: this.labels },
        spec: { ...shared, volumeName: volume.metadata.name, resources: { requests: { storage: NOMINAL } } },
      },
      { parent: this },
    )
    return claim.metadata.name
  }
}

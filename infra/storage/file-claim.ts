import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'

interface FileClaimArgs {
  /** Name of the volume, one space for the whole cluster. */
  volume: string
  /** Name of the claim. */
  claim: string
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  /** Handle of an export, as the driver of file storage takes it. */
  handle: pulumi.Input<string>
}

/**
 * A file system of file storage as pods of a namespace mount it, and nobody else.
 *
 * @param name of the two resources; the volume's gets `-volume`.
 * @param options of both; what a workload mounts that outlives the stack must outlive it too.
 * @returns name of the claim.
 */
export function fileClaim(
  name: string,
  { volume, claim, namespace, labels, handle }: FileClaimArgs,
  options: Pick<pulumi.CustomResourceOptions, 'parent' | 'retainOnDelete'>,
): pulumi.Output<string> {
  const shared = {
    // Not a class: nothing is provisioned.
    storageClassName: '',
    accessModes: ['ReadWriteMany'],
  }
  // Kubernetes wants a size, and file storage has none.
  const storage = '1Ti'
  const persistent = new kubernetes.core.v1.PersistentVolume(
    `${name}-volume`,
    {
      metadata: { name: volume, labels },
      spec: {
        ...shared,
        capacity: { storage },
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { namespace, name: claim },
        csi: { driver: 'fss.csi.oraclecloud.com', volumeHandle: handle },
      },
    },
    options,
  )
  return new kubernetes.core.v1.PersistentVolumeClaim(
    name,
    {
      metadata: { name: claim, namespace, labels },
      spec: { ...shared, volumeName: persistent.metadata.name, resources: { requests: { storage } } },
    },
    options,
  ).metadata.name
}

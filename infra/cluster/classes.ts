import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'

/** The class of block volumes, encrypted by our key and kept when their claims go. */
export const BLOCK_STORAGE = 'kura-block'

/** Classes of priority, from what goes last when nodes are short to what goes first. */
export const PRIORITY = {
  /** Databases, search, queue. */
  data: 'kura-data',
  /** What all institutions share: gateway, identity, operators. */
  edge: 'kura-edge',
  /** The institutions' own pods. */
  cell: 'kura-cell',
  /** Jobs. They wait for room, and take nobody else's. */
  batch: 'kura-batch',
}

const VALUES: Record<keyof typeof PRIORITY, number> = { data: 1_000_000, edge: 900_000, cell: 500_000, batch: 100_000 }

/** Classes that pods and claims name, which must be there first. They stay when operators are somebody else's. */
export function classes(
  named: (suffix: string) => string,
  { labels, volumeKeyId }: { labels: Record<string, string>; volumeKeyId: pulumi.Input<string> },
  parent: pulumi.Resource,
): pulumi.Resource[] {
  // Of a StorageClass everything but the permission to expand is immutable: another key or performance needs another
  // class beside it.
  const block = new kubernetes.storage.v1.StorageClass(
    named('block'),
    {
      metadata: { name: BLOCK_STORAGE, labels },
      provisioner: 'blockvolume.csi.oraclecloud.com',
      parameters: {
        'csi.storage.k8s.io/fstype': 'ext4',
        // Nodes encrypt what is on its way to a volume that is attached so.
        'attachment-type': 'paravirtualized',
        vpusPerGB: '10',
        'kms-key-id': volumeKeyId,
      },
      reclaimPolicy: 'Retain',
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    { parent },
  )
  const priorities = Object.entries(PRIORITY).map(
    ([key, name]) =>
      new kubernetes.scheduling.v1.PriorityClass(
        named(`priority-${key}`),
        {
          metadata: { name, labels },
          value: VALUES[key as keyof typeof PRIORITY],
          preemptionPolicy: key === 'batch' ? 'Never' : 'PreemptLowerPriority',
        },
        { parent },
      ),
  )
  return [block, ...priorities]
}

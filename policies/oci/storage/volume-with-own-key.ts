import { core } from '@pulumi/oci'
import { type PropsOf, resourceRule } from '../../rule/index.ts'
import { LAUNCHING, waysOf } from '../instances.ts'
import { checkOwnKey } from '../own-key.ts'

export default resourceRule(
  {
    name: 'volume-with-own-key',
    description: 'A block volume is encrypted by a key of your own, also one that is made with its instance.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 5.2.1', 'CKV_OCI_3'],
  },
  [core.Volume, ...LAUNCHING],
  (props, tell, { resource }) => {
    if (resource.type.endsWith(':Volume')) return checkOwnKey(props, 'kmsKeyId', tell)
    const made = resource.type.endsWith(':Instance')
      ? ((props as PropsOf<typeof core.Instance>).launchVolumeAttachments ?? []).map(
          ({ launchCreateVolumeDetails }, index) =>
            [`launchVolumeAttachments[${index}].launchCreateVolumeDetails`, launchCreateVolumeDetails] as const,
        )
      : waysOf(props as PropsOf<typeof core.InstanceConfiguration>).flatMap(([at, { blockVolumes = [] }]) =>
          blockVolumes.map(
            ({ createDetails }, index) => [`${at}.blockVolumes[${index}].createDetails`, createDetails] as const,
          ),
        )
    // A volume that there is already has its key.
    for (const [at, volume] of made) if (volume) checkOwnKey(volume, `${at}.kmsKeyId`, tell)
  },
)

import { core } from '@pulumi/oci'
import { type PropsOf, resourceRule } from '../../rule/index.ts'
import { checkOwnKey } from '../own-key.ts'

export default resourceRule(
  {
    name: 'boot-volume-with-own-key',
    description: 'A boot volume is encrypted by a key of your own, also one that is made with its instance.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 5.2.2'],
  },
  [core.BootVolume, core.Instance, core.InstanceConfiguration],
  (props, tell, { resource }) => {
    if (resource.type.endsWith(':BootVolume')) return checkOwnKey(props, 'kmsKeyId', tell)
    const [at, launched] = resource.type.endsWith(':Instance')
      ? (['sourceDetails', props as PropsOf<typeof core.Instance>] as const)
      : ([
          'instanceDetails.launchDetails.sourceDetails',
          (props as PropsOf<typeof core.InstanceConfiguration>).instanceDetails?.launchDetails,
        ] as const)
    const source = launched?.sourceDetails
    // A volume that there is already has its key.
    if (source?.sourceType.toLowerCase() === 'image') checkOwnKey(source, `${at}.kmsKeyId`, tell)
  },
)

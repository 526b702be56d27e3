import { core } from '@pulumi/oci'
import { type PropsOf, resourceRule } from '../../rule/index.ts'
import { LAUNCHING, launchesOf } from '../instances.ts'
import { checkOwnKey } from '../own-key.ts'

export default resourceRule(
  {
    name: 'boot-volume-with-own-key',
    description: 'A boot volume is encrypted by a key of your own, also one that is made with its instance.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 5.2.2'],
  },
  [core.BootVolume, ...LAUNCHING],
  (props, tell, { resource }) => {
    if (resource.type.endsWith(':BootVolume')) return checkOwnKey(props, 'kmsKeyId', tell)
    // A volume that there is already has its key.
    for (const [at, { sourceDetails }] of launchesOf(props as PropsOf<(typeof LAUNCHING)[number]>))
      if (sourceDetails?.sourceType.toLowerCase() === 'image')
        checkOwnKey(sourceDetails, `${at}sourceDetails.kmsKeyId`, tell)
  },
)

import { launchRule } from '../instances.ts'

export default launchRule(
  {
    name: 'instance-secure-boot',
    description: 'An instance boots what is signed alone, so that nothing hides below its operating system.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 3.2'],
  },
  ({ platformConfig }, tell, at) => {
    const is = platformConfig?.isSecureBootEnabled
    if (is !== true)
      tell({ at: at('platformConfig.isSecureBootEnabled'), is, write: 'true, on a shape that has shielded instances' })
  },
)

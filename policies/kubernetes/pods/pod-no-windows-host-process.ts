import { podRule } from '../pods.ts'
import { settingsOf } from '../security-context.ts'

export default podRule(
  {
    name: 'pod-no-windows-host-process',
    description: 'No container of Windows runs as a process of its machine.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['PSS windowsHostProcess', 'Polaris hostProcess'],
  },
  (pods, tell) => {
    const found = settingsOf(pods, 'windowsOptions.hostProcess', (context) => context.windowsOptions?.hostProcess)
    for (const { value, at } of found) if (value) tell({ at, is: true, write: 'false' })
  },
)

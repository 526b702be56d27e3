import { launchRule } from '../instances.ts'

export default launchRule(
  {
    name: 'instance-encrypted-in-transit',
    description: 'What goes between an instance and its volumes is encrypted.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 3.3', 'CKV_OCI_4'],
  },
  ({ isPvEncryptionInTransitEnabled, launchOptions, shape }, tell, at) => {
    // Bare metal has no paravirtualised volumes.
    if (shape?.startsWith('BM.')) return
    // The option is for instances that there are already.
    const is = isPvEncryptionInTransitEnabled ?? launchOptions?.isPvEncryptionInTransitEnabled
    if (is !== true) tell({ at: at('isPvEncryptionInTransitEnabled'), is, write: 'true' })
  },
)

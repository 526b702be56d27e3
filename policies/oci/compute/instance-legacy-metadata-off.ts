import { launchRule } from '../instances.ts'

export default launchRule(
  {
    name: 'instance-legacy-metadata-off',
    description: 'An instance answers for its metadata and its credentials by version 2 of the service alone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 3.1', 'CKV_OCI_5'],
  },
  ({ instanceOptions }, tell, at) => {
    const is = instanceOptions?.areLegacyImdsEndpointsDisabled
    if (is !== true) tell({ at: at('instanceOptions.areLegacyImdsEndpointsDisabled'), is, write: 'true' })
  },
)

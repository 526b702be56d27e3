import { filestorage } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'
import { isAnywhere } from '../ports.ts'

export default resourceRule(
  {
    name: 'export-names-clients',
    description: 'A file system is exported to known addresses, not to all that can reach the mount target.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP clients'],
  },
  filestorage.Export,
  ({ exportOptions = [] }, tell) => {
    if (exportOptions.length === 0)
      tell({ at: 'exportOptions', is: undefined, write: 'an option for each client, with its addresses as source' })
    for (const [index, { source }] of exportOptions.entries())
      if (isAnywhere(source))
        tell({
          at: `exportOptions[${index}].source`,
          is: source,
          write: 'the addresses of the clients, such as "10.0.2.0/24"',
        })
  },
)

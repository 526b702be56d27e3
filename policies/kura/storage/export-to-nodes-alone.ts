import { core, filestorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'export-to-nodes-alone',
    description: 'Nodes alone mount file storage: pods, and whatever else has an address, have no way to it.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura file-storage'],
    settings: {
      subnets: setting(['kura-network-nodes', 'kura-network-data-nodes'], {
        type: 'array',
        items: { type: 'string' },
        description: 'The subnets of nodes.',
      }),
    },
  },
  filestorage.Export,
  (stack, tell, { each, settings }) => {
    const ranges = stack
      .of(core.Subnet)
      .filter(({ name }) => settings.subnets.includes(name))
      .map(({ props }) => props.cidrBlock ?? '')
    each(filestorage.Export, (exported) => {
      for (const [index, { source }] of (exported.props.exportOptions ?? []).entries())
        if (!ranges.includes(source))
          tell(exported, {
            at: `exportOptions[${index}].source`,
            is: source,
            write: `the addresses of a subnet of nodes: ${ranges.join(' or ')}`,
          })
    })
  },
)

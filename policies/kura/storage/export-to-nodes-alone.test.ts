import { core, filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './export-to-nodes-alone.ts'

const subnets = [
  declared(core.Subnet, 'kura-network-nodes', { cidrBlock: '10.0.2.0/23' }),
  declared(core.Subnet, 'kura-network-pods', { cidrBlock: '10.0.64.0/18' }),
]
const exported = (...sources: string[]) =>
  declared(filestorage.Export, 'export', { exportOptions: sources.map((source) => ({ source })) })
const told = (source: string, index = 0) =>
  `export: exportOptions[${index}].source is "${source}"; write the addresses of a subnet of nodes: 10.0.2.0/23.`

cases(rule, {
  passes: { nodes: [...subnets, exported('10.0.2.0/23')] },
  breaks: {
    'pods too': [[...subnets, exported('10.0.2.0/23', '10.0.64.0/18')], told('10.0.64.0/18', 1)],
    everybody: [[...subnets, exported('0.0.0.0/0')], told('0.0.0.0/0')],
    'more than the nodes': [[...subnets, exported('10.0.2.0/22')], told('10.0.2.0/22')],
    'whom nobody knows yet': [[...subnets, exported(UNKNOWN)], /^Could not be judged: export: exportOptions.0.source/],
  },
})

import { core, logging } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './subnet-flow-log.ts'

const vcn = declared(core.Vcn, 'net')
const subnet = declared(core.Subnet, 'nodes', { vcnId: UNKNOWN }, { linked: { vcnId: [vcn] } })
const log = (
  of: typeof subnet,
  { isEnabled, ...source }: { category: string; service?: string; isEnabled?: boolean | string },
) =>
  declared(
    logging.Log,
    `${of.name}-log`,
    {
      ...(isEnabled !== undefined && { isEnabled }),
      configuration: { source: { service: 'flowlogs', resource: UNKNOWN, sourceType: 'OCISERVICE', ...source } },
    },
    { linked: { configuration: [of] } },
  )
const none =
  'nodes has no flow log; write a Log with service "flowlogs" and category "all" for it, or category "vcn" for its network.'

cases(rule, {
  passes: {
    'a log of the subnet, though no id is known yet': [vcn, subnet, log(subnet, { category: 'all' })],
    'a log of the subnet by its newer name': [vcn, subnet, log(subnet, { category: 'subnet', isEnabled: true })],
    'a log of the whole network': [vcn, subnet, log(vcn, { category: 'vcn' })],
    'a stack without subnets': [vcn],
  },
  breaks: {
    'a subnet alone': [[vcn, subnet], none],
    'a log that is off': [[vcn, subnet, log(subnet, { category: 'all', isEnabled: false })], none],
    'a log of something else': [[vcn, subnet, log(subnet, { category: 'all', service: 'waf' })], none],
    'a log of the network that is of single interfaces': [[vcn, subnet, log(vcn, { category: 'vnic' })], none],
    'a log of another subnet': [
      [vcn, subnet, declared(core.Subnet, 'pods'), log(subnet, { category: 'all' })],
      /^pods has no flow log/,
    ],
    'a log of which nobody knows whether it is on': [
      [vcn, subnet, log(subnet, { category: 'all', isEnabled: UNKNOWN })],
      'Could not be judged: nodes: isEnabled is not known before the deployment.',
    ],
  },
})

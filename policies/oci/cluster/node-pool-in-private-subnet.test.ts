import { containerengine, core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-in-private-subnet.ts'

const subnet = (prohibitInternetIngress?: boolean | string) =>
  declared(core.Subnet, 'nodes', { prohibitInternetIngress })
const pool = declared(
  containerengine.NodePool,
  'web',
  { nodeConfigDetails: { placementConfigs: [{ subnetId: UNKNOWN }] } },
  { linked: { nodeConfigDetails: [subnet()] } },
)

cases(rule, {
  passes: {
    'a private subnet, though its id is not known yet': [subnet(true), pool],
    'a subnet of another program': declared(containerengine.NodePool, 'web'),
  },
  breaks: {
    'a public subnet': [
      [subnet(false), pool],
      'web: nodeConfigDetails holds the public subnet nodes; write a private one.',
    ],
    'a public subnet for virtual nodes': [
      [
        subnet(),
        declared(containerengine.VirtualNodePool, 'virtual', {}, { linked: { podConfiguration: [subnet()] } }),
      ],
      'virtual: podConfiguration holds the public subnet nodes; write a private one.',
    ],
    'a subnet of which nobody knows yet': [
      [subnet(UNKNOWN), pool],
      'Could not be judged: web: prohibitInternetIngress is not known before the deployment.',
    ],
  },
})

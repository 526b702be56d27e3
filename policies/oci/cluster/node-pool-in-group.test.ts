import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-in-group.ts'

const pool = (nsgIds?: unknown, pods?: unknown) =>
  declared(containerengine.NodePool, 'web', {
    nodeConfigDetails: { nsgIds, nodePoolPodNetworkOptionDetails: pods },
  })

cases(rule, {
  passes: {
    'groups that nobody knows yet': pool([UNKNOWN], { cniType: 'OCI_VCN_IP_NATIVE', podNsgIds: [UNKNOWN] }),
    'pods without addresses of the network': pool([UNKNOWN], { cniType: 'FLANNEL_OVERLAY' }),
  },
  breaks: {
    'nodes in no group': [
      pool([]),
      'web: nodeConfigDetails.nsgIds is not set; write the id of a NetworkSecurityGroup.',
    ],
    'pods in no group': [
      pool([UNKNOWN], { cniType: 'OCI_VCN_IP_NATIVE' }),
      'web: nodeConfigDetails.nodePoolPodNetworkOptionDetails.podNsgIds is not set; write the id of a NetworkSecurityGroup.',
    ],
    'a pool that says nothing': [declared(containerengine.NodePool, 'web'), /nodeConfigDetails\.nsgIds is not set/],
    'a network that nobody knows yet': [pool([UNKNOWN], { cniType: UNKNOWN }), /^Could not be judged: web/],
  },
})

import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './node-pool-version-fits-cluster.ts'

const cluster = declared(containerengine.Cluster, 'oke', { kubernetesVersion: 'v1.34.1' })
const pool = (kubernetesVersion?: string, linked = true) =>
  declared(
    containerengine.NodePool,
    'web',
    { clusterId: UNKNOWN, kubernetesVersion },
    linked ? { linked: { clusterId: [cluster] } } : {},
  )

cases(rule, {
  passes: {
    'the version of the cluster': [cluster, pool('v1.34.1')],
    'a later patch': [cluster, pool('v1.34.2')],
    'three versions behind': [cluster, pool('v1.31.1')],
    'nodes without a version of their own': [cluster, pool()],
    'nodes of a cluster elsewhere': [cluster, pool('v1.99.0', false)],
  },
  breaks: {
    'four versions behind': [
      [cluster, pool('v1.30.1')],
      'web: kubernetesVersion is "v1.30.1"; write v1.34.1, that of its cluster, or one to 3 versions before.',
    ],
    'nodes that are newer': [[cluster, pool('v1.35.0')], /kubernetesVersion is "v1\.35\.0"/],
    'what is no version': [[cluster, pool('latest')], /kubernetesVersion is "latest"/],
    'a version that nobody knows yet': [
      [cluster, pool(UNKNOWN)],
      'Could not be judged: web: kubernetesVersion is not known before the deployment.',
    ],
  },
})

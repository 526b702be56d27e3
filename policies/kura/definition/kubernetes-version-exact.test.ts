import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './kubernetes-version-exact.ts'

const cluster = (kubernetesVersion?: string) => declared(containerengine.Cluster, 'oke', { kubernetesVersion })
const pool = (kubernetesVersion?: string) =>
  declared(containerengine.NodePool, 'web', { kubernetesVersion }, { linked: { clusterId: [cluster()] } })

cases(rule, {
  passes: {
    'cluster and nodes of one version': [cluster('v1.34.1'), pool('v1.34.1')],
    'nodes that are behind': [cluster('v1.34.10'), pool('v1.34.9')],
  },
  breaks: {
    'a minor version': [
      [cluster('v1.34'), pool('v1.34.1')],
      'oke: kubernetesVersion is "v1.34"; write an exact one, such as "v1.34.1".',
    ],
    'none, of nodes': [[cluster('v1.34.1'), pool()], /^web: kubernetesVersion is not set/],
    'nodes that are ahead': [
      [cluster('v1.34.9'), pool('v1.34.10')],
      'web: kubernetesVersion is "v1.34.10"; write "v1.34.9", that of oke, or an older one.',
    ],
    'a version that nobody knows yet': [[cluster('v1.34.1'), pool(UNKNOWN)], /^Could not/, /^Could not/],
  },
})

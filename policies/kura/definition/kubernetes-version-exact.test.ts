import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './kubernetes-version-exact.ts'

const cluster = (kubernetesVersion?: string) => declared(containerengine.Cluster, 'oke', { kubernetesVersion })
const pool = (kubernetesVersion?: string) => declared(containerengine.NodePool, 'web', { kubernetesVersion })

cases(rule, {
  passes: { 'exact versions': [cluster('v1.34.10'), pool('v1.34.9')] },
  breaks: {
    'a minor version': [cluster('v1.34'), 'oke: kubernetesVersion is "v1.34"; write an exact one, such as "v1.34.1".'],
    'none, of nodes': [pool(), /^web: kubernetesVersion is not set/],
    'a version that nobody knows yet': [pool(UNKNOWN), /^Could not be judged: web: kubernetesVersion/],
  },
})

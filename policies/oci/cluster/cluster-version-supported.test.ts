import { containerengine } from '@pulumi/oci'
import { describe } from 'vitest'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-version-supported.ts'

const cluster = (kubernetesVersion: string) => declared(containerengine.Cluster, 'oke', { kubernetesVersion })
const pool = (kubernetesVersion?: string) => declared(containerengine.NodePool, 'web', { kubernetesVersion })

cases(rule, {
  passes: {
    'the oldest version': cluster('v1.32.0'),
    'a newer one': cluster('v1.100.1'),
    'nodes without a version of their own': pool(),
  },
  breaks: {
    'an older version': [cluster('v1.31.10'), 'oke: kubernetesVersion is "v1.31.10"; write 1.32 or newer.'],
    'nodes of an older version': [pool('v1.9.11'), 'web: kubernetesVersion is "v1.9.11"; write 1.32 or newer.'],
    'what is no version': [cluster('latest'), 'oke: kubernetesVersion is "latest"; write 1.32 or newer.'],
    'a version that nobody knows yet': [
      cluster(UNKNOWN),
      'Could not be judged: oke: kubernetesVersion is not known before the deployment.',
    ],
  },
})

describe('with an oldest version of its own', () => {
  cases(rule, {
    config: { oldest: '1.34' },
    passes: { 'that version': cluster('v1.34.1') },
    breaks: { 'the one before': [cluster('v1.33.1'), /write 1\.34 or newer\.$/] },
  })
})

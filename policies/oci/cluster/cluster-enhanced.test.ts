import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-enhanced.ts'

const cluster = (type?: string) => declared(containerengine.Cluster, 'oke', { type })

cases(rule, {
  passes: { 'an enhanced cluster': cluster('ENHANCED_CLUSTER') },
  breaks: {
    'a cluster that says nothing': [cluster(), 'oke: type is not set; write "ENHANCED_CLUSTER".'],
    'a basic one': [cluster('BASIC_CLUSTER'), 'oke: type is "BASIC_CLUSTER"; write "ENHANCED_CLUSTER".'],
    'a type that nobody knows yet': [
      cluster(UNKNOWN),
      'Could not be judged: oke: type is not known before the deployment.',
    ],
  },
})

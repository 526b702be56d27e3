import { apps, helm } from '@pulumi/kubernetes'
import { nodePool, pods } from '../../../test/support/declaration.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pods-on-their-pool.ts'

const POOLS = [nodePool('web', 3), nodePool('data', 2)]
const web = (pod: object, kind: 'Deployment' | 'DaemonSet' = 'Deployment') =>
  declared(apps.v1[kind], 'app', { metadata: { name: 'app', namespace: 'apps' }, spec: { template: { spec: pod } } })
const database = (spec: object) =>
  declared('kubernetes:acid.zalan.do/v1:postgresql', 'database', { metadata: { name: 'database' }, spec })
const nodeAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: 'kura/pool', operator: 'In', values: ['data'] }] }],
  },
}

cases(rule, {
  passes: {
    'pods of the web pool, which has no taint': [...POOLS, web({ nodeSelector: { 'kura/pool': 'web' } })],
    'pods that tolerate the taint of theirs': [...POOLS, pods('store', { pool: 'data' })],
    'pods that tolerate everything': [
      ...POOLS,
      web({ nodeSelector: { 'kura/pool': 'data' }, tolerations: [{ operator: 'Exists' }] }),
    ],
    'a DaemonSet for every node': [...POOLS, web({ tolerations: [{ operator: 'Exists' }] }, 'DaemonSet')],
    'a custom resource': [...POOLS, database({ nodeAffinity, tolerations: [{ key: 'kura/pool', value: 'data' }] })],
  },
  breaks: {
    'no pool': [
      [...POOLS, web({})],
      'app: spec.template.spec.nodeSelector is not set; write "kura/pool" with one of web, data.',
    ],
    'a Deployment that tolerates everything and names none': [
      [...POOLS, web({ tolerations: [{ operator: 'Exists' }] })],
      /nodeSelector is not set/,
    ],
    'a DaemonSet that reaches some nodes alone': [[...POOLS, web({}, 'DaemonSet')], /nodeSelector is not set/],
    'a pool that is not declared': [
      [...POOLS, web({ nodeSelector: { 'kura/pool': 'search' } })],
      'app: spec.template.spec, kura/pool is "search"; write a pool that is declared: web, data.',
    ],
    'a taint that is not tolerated': [
      [...POOLS, web({ nodeSelector: { 'kura/pool': 'data' } })],
      'app: spec.template.spec.tolerations is not set; write {"key": "kura/pool", "operator": "Equal", "value": "data", "effect": "NoSchedule"}.',
    ],
    'the toleration of another': [
      [...POOLS, database({ nodeAffinity, tolerations: [{ key: 'kura/pool', value: 'search' }] })],
      /^database: spec\.tolerations is/,
    ],
    'a chart that names no nodes': [
      [...POOLS, declared(helm.v3.Release, 'chart', { values: {} })],
      'chart: values.nodeSelector is not set; write "kura/pool" with one of web, data.',
    ],
    'a pool that nobody knows yet': [[...POOLS, web({ nodeSelector: { 'kura/pool': UNKNOWN } })], /^Could not/],
  },
})

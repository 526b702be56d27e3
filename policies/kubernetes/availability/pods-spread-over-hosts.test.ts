import { apps } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pods-spread-over-hosts.ts'

const workload = (spec: object, replicas = 2) =>
  declared(apps.v1.StatefulSet, 'site', {
    metadata: { namespace: 'web' },
    spec: { replicas, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [], ...spec } } },
  })
const constraint = (topologyKey: string, app = 'site') => ({
  topologySpreadConstraints: [
    { topologyKey, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app } } },
  ],
})
const told =
  'site has no spread of its pods over hosts; write a topologySpreadConstraint with topologyKey "kubernetes.io/hostname" ' +
  "and its pods' own labels."

cases(rule, {
  passes: {
    'a spread over hosts': workload(constraint('kubernetes.io/hostname')),
    'pods that keep away from each other': workload({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'site' } } },
          ],
        },
      },
    }),
    'a single pod': workload({}, 1),
  },
  breaks: {
    'no spread': [workload({}), told],
    'a spread over zones alone': [workload(constraint('topology.kubernetes.io/zone')), told],
    "a spread of others' pods": [workload(constraint('kubernetes.io/hostname', 'mail')), told],
    'a spread that nobody knows yet': [
      workload({ topologySpreadConstraints: UNKNOWN }),
      /^Could not be judged: site: .*topologySpreadConstraints is not known before the deployment\.$/,
    ],
  },
})

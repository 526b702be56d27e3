import { apps } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pods-spread-over-zones.ts'

const workload = (spec: object, replicas = 2) =>
  declared(apps.v1.Deployment, 'site', {
    metadata: { namespace: 'web' },
    spec: { replicas, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [], ...spec } } },
  })
const constraint = (topologyKey: string) => ({
  topologySpreadConstraints: [
    { topologyKey, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'site' } } },
  ],
})
const told = (key: string) =>
  `site has no spread of its pods over zones; write a topologySpreadConstraint with topologyKey "${key}" and its pods' own labels.`

cases(rule, {
  passes: {
    'a spread over zones': workload(constraint('topology.kubernetes.io/zone')),
    "a spread over Oracle's fault domains": workload(constraint('oci.oraclecloud.com/fault-domain')),
    'a single pod': workload({}, 1),
  },
  breaks: {
    'no spread': [workload({}), told('topology.kubernetes.io/zone')],
    'a spread over hosts alone': [workload(constraint('kubernetes.io/hostname')), told('topology.kubernetes.io/zone')],
    'a spread that nobody knows yet': [
      workload({ topologySpreadConstraints: UNKNOWN }),
      /^Could not be judged: site: .*topologySpreadConstraints is not known before the deployment\.$/,
    ],
  },
})
cases(rule, {
  config: { keys: ['example.org/rack'] },
  passes: { 'a spread by a label of the own': workload(constraint('example.org/rack')) },
  breaks: {
    'a spread by the usual one': [workload(constraint('topology.kubernetes.io/zone')), told('example.org/rack')],
  },
})

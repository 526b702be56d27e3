import { apps, core, helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './service-selects-pods.ts'

const service = (spec: object) => declared(core.v1.Service, 'site', { metadata: { namespace: 'web' }, spec })
const pods = (labels: object, namespace = 'web') =>
  declared(apps.v1.StatefulSet, 'pods', {
    metadata: { namespace },
    spec: { template: { metadata: { labels }, spec: { containers: [] } } },
  })
const SITE = { app: 'site' }
const told = 'site: spec.selector is {"app":"site"}; write labels of pods in the namespace web.'
const cluster = declared('kubernetes:acid.zalan.do/v1:postgresql', 'cluster', {
  metadata: { name: 'db', namespace: 'web' },
  spec: { teamId: 'web', numberOfInstances: 2 },
})

cases(rule, {
  passes: {
    'pods with more labels': [service({ selector: SITE }), pods({ ...SITE, tier: 'front' })],
    'one pod of a StatefulSet': [
      service({ selector: { ...SITE, 'statefulset.kubernetes.io/pod-name': 'site-0' } }),
      pods(SITE),
    ],
    'a Service without a selector': service({ ports: [{ port: 5432 }] }),
    'a Service with an empty one': service({ selector: {} }),
    'another name for a host': service({ type: 'ExternalName', externalName: 'db.example', selector: SITE }),
    "PostgreSQL's primary": [service({ selector: { 'cluster-name': 'db', 'spilo-role': 'master' } }), cluster],
    'pods of a chart, which do not show': [
      service({ selector: SITE }),
      declared(helm.v3.Release, 'chart', { namespace: 'web' }),
    ],
  },
  breaks: {
    'no pods': [service({ selector: SITE }), told],
    'pods with another label': [[service({ selector: SITE }), pods({ app: 'sites' })], told],
    'pods of another namespace': [[service({ selector: SITE }), pods(SITE, 'mail')], told],
    "another cluster's pods": [
      [service({ selector: { 'cluster-name': 'dbs' } }), cluster],
      'site: spec.selector is {"cluster-name":"dbs"}; write labels of pods in the namespace web.',
    ],
    'a label that nobody knows yet': [
      [service({ selector: { app: UNKNOWN } }), pods(SITE)],
      'Could not be judged: site: spec.selector.app is not known before the deployment.',
    ],
  },
})

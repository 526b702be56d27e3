import { apps } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './selector-matches-template.ts'

const workload = (
  selector: unknown,
  labels?: object,
  kind: typeof apps.v1.Deployment | typeof apps.v1.DaemonSet = apps.v1.Deployment,
) => declared(kind, 'site', { spec: { selector, template: { metadata: { labels } } } })
const SITE = { matchLabels: { app: 'site' } }
const told = (labels: string) =>
  `site: spec.selector is {"matchLabels":{"app":"site"}}; write labels of its template: ${labels}.`

cases(rule, {
  passes: {
    'its own labels': workload(SITE, { app: 'site' }),
    'some of its own labels': workload(SITE, { app: 'site', tier: 'front' }),
    'an expression that they meet': workload(
      { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      { app: 'site' },
    ),
  },
  breaks: {
    'another value': [workload(SITE, { app: 'sites' }), told('{"app":"sites"}')],
    'no labels': [workload(SITE), told('{}')],
    'a DaemonSet with another value': [workload(SITE, { app: 'mail' }, apps.v1.DaemonSet), told('{"app":"mail"}')],
    'a selector that nobody knows yet': [
      workload(UNKNOWN, { app: 'site' }),
      'Could not be judged: site: spec.selector is not known before the deployment.',
    ],
  },
})

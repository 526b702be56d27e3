import { apps, core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './deployment-rolled-over.ts'

const deployment = (strategy?: object, replicas = 2) =>
  declared(apps.v1.Deployment, 'site', {
    metadata: { namespace: 'web' },
    spec: { replicas, strategy, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [] } } },
  })
const service = declared(core.v1.Service, 'service', {
  metadata: { namespace: 'web' },
  spec: { selector: { app: 'site' } },
})
const away = (maxUnavailable: unknown) => ({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable } })

cases(rule, {
  passes: {
    'no strategy, which is to roll': [deployment(), service],
    'one at a time': [deployment(away(1)), service],
    'half of them at a time': [deployment(away('50%')), service],
    'little more than half of them, which is half': [deployment(away('51%')), service],
    'a single pod that must not run twice': [deployment({ type: 'Recreate' }, 1), service],
    'what nobody waits for': deployment({ type: 'Recreate' }),
  },
  breaks: {
    'all of them at once': [
      [deployment({ type: 'Recreate' }), service],
      'site: spec.strategy.type is "Recreate"; write "RollingUpdate".',
    ],
    'as many at a time as there are': [
      [deployment(away(2)), service],
      'site: spec.strategy.rollingUpdate.maxUnavailable is 2; write fewer than its 2 pods.',
    ],
    'the whole share at a time': [
      [deployment(away('100%')), service],
      'site: spec.strategy.rollingUpdate.maxUnavailable is "100%"; write fewer than its 2 pods.',
    ],
    'a number that nobody knows yet': [
      [deployment(away(UNKNOWN)), service],
      /^Could not be judged: site: .*maxUnavailable is not known before the deployment\.$/,
    ],
  },
})

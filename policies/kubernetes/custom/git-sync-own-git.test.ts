import { apps } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './git-sync-own-git.ts'

const deployment = (spec: object) => declared(apps.v1.Deployment, 'site', { spec: { template: { spec } } })
const env = [
  { name: 'GITSYNC_REPO', value: 'https://git.example/site' },
  { name: 'GITSYNC_GIT', value: '/bin/sh' },
]

cases(rule, {
  passes: {
    'no variables': deployment({ containers: [{ name: 'sync' }] }),
    'other variables': deployment({ containers: [{ name: 'sync', env: env.slice(0, 1) }] }),
  },
  breaks: {
    'another command': [
      deployment({ containers: [{ name: 'site' }, { name: 'sync', env }] }),
      'site: spec.template.spec.containers[1].env[1].name is "GITSYNC_GIT"; write no such variable.',
    ],
    'another command before the start': [
      deployment({ containers: [], initContainers: [{ name: 'sync', env }] }),
      'site: spec.template.spec.initContainers[0].env[1].name is "GITSYNC_GIT"; write no such variable.',
    ],
    'another command beside what runs': [
      deployment({ containers: [], ephemeralContainers: [{ name: 'sync', env }] }),
      'site: spec.template.spec.ephemeralContainers[0].env[1].name is "GITSYNC_GIT"; write no such variable.',
    ],
    'variables that nobody knows yet': [
      deployment({ containers: [{ name: 'sync', env: UNKNOWN }] }),
      'Could not be judged: site: spec.template.spec.containers.0.env is not known before the deployment.',
    ],
  },
})

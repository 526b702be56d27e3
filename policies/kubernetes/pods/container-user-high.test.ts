import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-user-high.ts'

const runs = (runAsUser?: number | string, runAsGroup = runAsUser) => ({ securityContext: { runAsUser, runAsGroup } })

cases(rule, {
  passes: {
    'the lowest of the high numbers': container({}, runs(10_001)),
    'containers that each have one': deployment({ initContainers: [runs(65_532)], containers: [runs(20_000)] }),
    'a namespace of users': container(runs(0), { hostUsers: false }),
    'a container of Windows': container({}, { os: { name: 'windows' } }),
  },
  breaks: {
    'the highest of the low numbers': [
      container({}, runs(10_000)),
      'web: spec.template.spec.securityContext.runAsUser is 10000; write 10001 or more.',
      'web: spec.template.spec.securityContext.runAsGroup is 10000; write 10001 or more.',
    ],
    'pods that say nothing': [container({}), /runAsUser is not set/, /runAsGroup is not set/],
    'the group of root': [container({}, runs(20_000, 0)), /runAsGroup is 0; write 10001 or more/],
    'an init container': [deployment({ ...runs(20_000), initContainers: [runs(1, 20_000)] }), /initContainers\[0\]/],
    'an ephemeral container': [
      deployment({ ...runs(20_000), ephemeralContainers: [runs(1, 20_000)] }),
      /ephemeralContainers\[0\]/,
    ],
    'a user that nobody knows yet': [container({}, runs(UNKNOWN)), /^Could not be judged: web/],
  },
})

cases(rule, {
  config: { least: 1000 },
  passes: { 'what was configured': container({}, runs(1000)) },
  breaks: { 'less than what was configured': [container({}, runs(20_000, 999)), /write 1000 or more/] },
})

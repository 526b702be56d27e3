import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-user-not-zero.ts'

const runs = (runAsUser?: number | string) => ({ securityContext: { runAsUser } })

cases(rule, {
  passes: {
    'pods that say nothing': container({}),
    'users that are not root': container(runs(1), runs(1000)),
    'the group of root': container({ securityContext: { runAsUser: 1, runAsGroup: 0 } }),
  },
  breaks: {
    'pods of root': [
      container({}, runs(0)),
      'web: spec.template.spec.securityContext.runAsUser is 0; write the number of another user.',
    ],
    'pods of root whose containers are not': [container(runs(1), runs(0)), /spec.template.spec.securityContext/],
    'a container of root': [container(runs(0), runs(1)), /containers\[0\].securityContext.runAsUser is 0/],
    'an init container': [deployment({ initContainers: [runs(0)] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [runs(0)] }), /ephemeralContainers\[0\]/],
    'a user that nobody knows yet': [container(runs(UNKNOWN)), /^Could not be judged: web/],
  },
})

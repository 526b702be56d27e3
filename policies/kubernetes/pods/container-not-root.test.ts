import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-not-root.ts'

const says = (runAsNonRoot?: boolean | string) => ({ securityContext: { runAsNonRoot } })

cases(rule, {
  passes: {
    'a container whose pod says so': container({}, says(true)),
    'a pod whose containers all say so': deployment({ initContainers: [says(true)], containers: [says(true)] }),
  },
  breaks: {
    'pods that say nothing': [
      container({}),
      'web: spec.template.spec.securityContext.runAsNonRoot is not set; write true.',
    ],
    'a pod of whose containers one says nothing': [
      deployment({ containers: [says(true), {}] }),
      'web: spec.template.spec.securityContext.runAsNonRoot is not set; write true.',
    ],
    'a container that may although its pod may not': [
      container(says(false), says(true)),
      'web: spec.template.spec.containers[0].securityContext.runAsNonRoot is false; write true.',
    ],
    'a pod that may although its container may not': [
      container(says(true), says(false)),
      'web: spec.template.spec.securityContext.runAsNonRoot is false; write true.',
    ],
    'a user that is not root, for an image may be changed': [
      container({}, { securityContext: { runAsUser: 1000 } }),
      /runAsNonRoot is not set/,
    ],
    'an init container': [deployment({ ...says(true), initContainers: [says(false)] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ...says(true), ephemeralContainers: [says(false)] }), /ephemeral/],
    'a value that nobody knows yet': [container({}, says(UNKNOWN)), /^Could not be judged: web/],
  },
})

import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-read-only-root.ts'

const root = (readOnlyRootFilesystem?: boolean | string) => ({
  name: 'app',
  securityContext: { readOnlyRootFilesystem },
})

cases(rule, {
  passes: {
    'a container that cannot write': container(root(true)),
    'a container of Windows, which must': container({}, { os: { name: 'windows' } }),
  },
  breaks: {
    'a container that says nothing': [
      container({}),
      'web: spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem is not set; write true, and an emptyDir where it must write.',
    ],
    'a container that can': [container(root(false)), /is false; write true/],
    'an init container': [deployment({ initContainers: [root()] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [root()] }), /ephemeralContainers\[0\]/],
    'a value that nobody knows yet': [container(root(UNKNOWN)), /^Could not be judged: web/],
  },
})

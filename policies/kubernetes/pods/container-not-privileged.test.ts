import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './container-not-privileged.ts'

const privileged = { name: 'app', securityContext: { privileged: true } }

cases(rule, {
  passes: {
    'a container that says nothing': container({}),
    'a container that says no': container({ securityContext: { privileged: false } }),
  },
  breaks: {
    'a privileged container': [
      container(privileged),
      'web: spec.template.spec.containers[0].securityContext.privileged is true; write false.',
    ],
    'an init container': [deployment({ initContainers: [privileged] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [privileged] }), /ephemeralContainers\[0\]/],
    'the second container of a job': [cronJob({ containers: [{ name: 'one' }, privileged] }), /containers\[1\]/],
    'a Deployment that is changed': [
      declared('kubernetes:apps/v1:DeploymentPatch', 'web', {
        spec: { template: { spec: { containers: [privileged] } } },
      }),
      /^web: spec.template.spec.containers\[0\].*privileged is true/,
    ],
    'a value that nobody knows yet': [
      container({ securityContext: { privileged: UNKNOWN } }),
      /^Could not be judged: web: .*privileged is not known/,
    ],
  },
})

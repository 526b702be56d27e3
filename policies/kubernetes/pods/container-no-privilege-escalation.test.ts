import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './container-no-privilege-escalation.ts'

const allows = (allowPrivilegeEscalation?: boolean | string) => ({
  name: 'app',
  securityContext: { allowPrivilegeEscalation },
})

cases(rule, {
  passes: {
    'a container that allows none': container(allows(false)),
    'a container of Windows': container({}, { os: { name: 'windows' } }),
  },
  breaks: {
    'a container that allows it': [
      container(allows(true)),
      'web: spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation is true; write false.',
    ],
    'a container that says nothing, whatever its pod says': [
      container({}, { securityContext: { runAsNonRoot: true } }),
      'web: spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation is not set; write false.',
    ],
    'an init container': [
      deployment({ initContainers: [allows()], containers: [allows(false)] }),
      /initContainers\[0\]/,
    ],
    'an ephemeral container': [deployment({ ephemeralContainers: [allows()] }), /ephemeralContainers\[0\]/],
    'a job': [cronJob({ containers: [allows(false), allows(true)] }), /^nightly: .*containers\[1\]/],
    'a value that nobody knows yet': [container(allows(UNKNOWN)), /^Could not be judged: web/],
  },
})

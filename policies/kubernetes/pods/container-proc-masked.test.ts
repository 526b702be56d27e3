import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-proc-masked.ts'

const mounts = (procMount: string) => ({ name: 'app', securityContext: { procMount } })

cases(rule, {
  passes: {
    'a container that says nothing': container({ securityContext: {} }),
    'a container that says the usual': container(mounts('Default')),
  },
  breaks: {
    'all of /proc': [
      container(mounts('Unmasked')),
      'web: spec.template.spec.containers[0].securityContext.procMount is "Unmasked"; write "Default".',
    ],
    'an init container': [deployment({ initContainers: [mounts('Unmasked')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [mounts('Unmasked')] }), /ephemeralContainers\[0\]/],
    'a value that nobody knows yet': [container(mounts(UNKNOWN)), /^Could not be judged: web/],
  },
})

import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './container-memory-limited.ts'

const limits = (memory?: string) => ({ name: 'app', resources: { limits: { memory } } })

cases(rule, {
  passes: {
    'a container with a limit': container(limits('64Mi')),
    'a limit of the whole pod': container({}, { resources: { limits: { memory: '64Mi' } } }),
    'an ephemeral container': deployment({ ephemeralContainers: [{ name: 'debug' }] }),
  },
  breaks: {
    'a container that says nothing': [
      container({}),
      'web: spec.template.spec.containers[0].resources.limits.memory is not set; write what it must never exceed.',
    ],
    'a request alone': [container({ resources: { requests: { memory: '64Mi' } } }), /limits.memory is not set/],
    'a limit of the CPU alone': [container({ resources: { limits: { cpu: '1' } } }), /limits.memory is not set/],
    'an init container': [deployment({ initContainers: [limits()] }), /initContainers\[0\]/],
    'a job': [cronJob({ containers: [limits('')] }), /^nightly/],
    'a value that nobody knows yet': [container(limits(UNKNOWN)), /^Could not be judged: web/],
  },
})

import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { cronJob, deployment, pod } from '../../../test/support/workloads.ts'
import rule from './pod-no-host-namespaces.ts'

cases(rule, {
  passes: {
    'pods that say nothing': deployment({}),
    'pods that say no': deployment({ hostNetwork: false, hostPID: false, hostIPC: false }),
  },
  breaks: {
    'the network of the machine': [
      deployment({ hostNetwork: true }),
      'web: spec.template.spec.hostNetwork is true; write false.',
    ],
    'the processes of the machine': [pod({ hostPID: true }), 'debug: spec.hostPID is true; write false.'],
    'the memory of the machine': [
      cronJob({ hostIPC: true }),
      'nightly: spec.jobTemplate.spec.template.spec.hostIPC is true; write false.',
    ],
    'several of them': [deployment({ hostNetwork: true, hostPID: true }), /hostNetwork/, /hostPID/],
    'a value that nobody knows yet': [pod({ hostPID: UNKNOWN }), /^Could not be judged: debug: spec.hostPID/],
  },
})

import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './pod-no-windows-host-process.ts'

const runs = (hostProcess: boolean | string) => ({ securityContext: { windowsOptions: { hostProcess } } })

cases(rule, {
  passes: {
    'pods that say nothing': container({}),
    'pods that say no': container(runs(false), runs(false)),
  },
  breaks: {
    'a container': [
      container(runs(true)),
      'web: spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess is true; write false.',
    ],
    pods: [container({}, runs(true)), /spec.template.spec.securityContext.windowsOptions.hostProcess/],
    'an init container': [deployment({ initContainers: [runs(true)] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [runs(true)] }), /ephemeralContainers\[0\]/],
    'a value that nobody knows yet': [container(runs(UNKNOWN)), /^Could not be judged: web/],
  },
})

import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment, pod } from '../../../test/support/workloads.ts'
import rule from './pod-seccomp-confined.ts'

const profile = (type: string) => ({ securityContext: { seccompProfile: { type } } })

cases(rule, {
  passes: {
    'pods that say nothing': container({}),
    "the runtime's profile, or one of its own": container(profile('Localhost'), profile('RuntimeDefault')),
  },
  breaks: {
    'a container that makes every call': [
      container(profile('Unconfined'), profile('RuntimeDefault')),
      'web: spec.template.spec.containers[0].securityContext.seccompProfile.type is "Unconfined"; write "RuntimeDefault", or "Localhost" and a profile.',
    ],
    'pods that do, though their container does not': [
      pod({ containers: [profile('RuntimeDefault')], ...profile('Unconfined') }),
      /^debug: spec.securityContext.seccompProfile.type/,
    ],
    'an init container': [deployment({ initContainers: [profile('Unconfined')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [profile('Unconfined')] }), /ephemeralContainers/],
    'small letters': [container(profile('runtimedefault')), /"runtimedefault"/],
    'a profile that nobody knows yet': [container(profile(UNKNOWN)), /^Could not be judged: web/],
  },
})

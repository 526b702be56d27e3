import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-seccomp-profile.ts'

const profile = (type?: string) => ({ securityContext: { seccompProfile: type && { type } } })

cases(rule, {
  passes: {
    'a container whose pod has one': container({}, profile('RuntimeDefault')),
    'a pod whose containers all have one': deployment({
      containers: [profile('RuntimeDefault'), profile('Localhost')],
    }),
    'a container of Windows': container({}, { os: { name: 'windows' } }),
  },
  breaks: {
    'pods that say nothing': [
      container({}),
      'web: spec.template.spec.securityContext.seccompProfile.type is not set; write "RuntimeDefault", or "Localhost" and a profile.',
    ],
    'a pod of whose containers one has none': [
      deployment({ containers: [profile('Localhost'), profile()] }),
      /spec.template.spec.securityContext.seccompProfile.type is not set/,
    ],
    'a container that makes every call': [
      container(profile('Unconfined'), profile('RuntimeDefault')),
      /containers\[0\].securityContext.seccompProfile.type is "Unconfined"/,
    ],
    'an init container': [
      deployment({ ...profile('RuntimeDefault'), initContainers: [profile('Unconfined')] }),
      /initContainers\[0\]/,
    ],
    'an ephemeral container': [
      deployment({ ...profile('RuntimeDefault'), ephemeralContainers: [profile('Unconfined')] }),
      /ephemeralContainers\[0\]/,
    ],
    'a profile that nobody knows yet': [container(profile(UNKNOWN)), /^Could not be judged: web/],
  },
})

import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './pod-app-armor.ts'

const profile = (type: string) => ({ securityContext: { appArmorProfile: { type } } })
const annotated = (value: string, name = 'container.apparmor.security.beta.kubernetes.io/app') =>
  deployment({ containers: [{ name: 'app' }] }, { annotations: { [name]: value } })

cases(rule, {
  passes: {
    'pods that say nothing': container({}),
    "the runtime's profile": container(profile('RuntimeDefault'), profile('Localhost')),
    "the runtime's profile by annotation": annotated('runtime/default'),
    'a profile of its own by annotation': annotated('localhost/strict'),
    'an empty annotation': annotated(''),
    'other annotations, known or not': annotated(UNKNOWN, 'checksum'),
  },
  breaks: {
    'a container without a profile': [
      container(profile('Unconfined')),
      'web: spec.template.spec.containers[0].securityContext.appArmorProfile.type is "Unconfined"; write "RuntimeDefault", or "Localhost" and a profile.',
    ],
    'pods without a profile': [
      container({}, profile('Unconfined')),
      /spec.template.spec.securityContext.appArmorProfile/,
    ],
    'an init container': [deployment({ initContainers: [profile('Unconfined')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [profile('Unconfined')] }), /ephemeralContainers/],
    'an annotation': [
      annotated('unconfined'),
      'web: annotations["container.apparmor.security.beta.kubernetes.io/app"] is "unconfined"; write securityContext.appArmorProfile instead.',
    ],
    'an annotation that only begins well': [annotated('runtime/default2'), /runtime\/default2/],
    'a profile that nobody knows yet': [container(profile(UNKNOWN)), /^Could not be judged: web/],
  },
})

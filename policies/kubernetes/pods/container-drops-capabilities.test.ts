import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-drops-capabilities.ts'

const has = (drop?: string[], add?: string[]) => ({ name: 'app', securityContext: { capabilities: { drop, add } } })

cases(rule, {
  passes: {
    'a container that drops all': container(has(['ALL'])),
    'one that drops all and more': container(has(['NET_RAW', 'ALL'], [])),
    'one that listens below 1024': container(has(['ALL'], ['NET_BIND_SERVICE'])),
    'a container of Windows': container({}, { os: { name: 'windows' } }),
  },
  breaks: {
    'a container that says nothing': [
      container({}),
      'web: spec.template.spec.containers[0].securityContext.capabilities.drop is not set; write ["ALL"].',
    ],
    'an empty list': [container(has([])), /drop is not set/],
    'a container that drops some': [container(has(['NET_RAW'])), /drop is \["NET_RAW"\]; write \["ALL"\]/],
    'small letters, which the API server does not take': [container(has(['all'])), /drop is \["all"\]/],
    'a container that adds one': [
      container(has(['ALL'], ['NET_BIND_SERVICE', 'CHOWN'])),
      'web: spec.template.spec.containers[0].securityContext.capabilities.add is ["NET_BIND_SERVICE","CHOWN"]; write ["NET_BIND_SERVICE"] or nothing.',
    ],
    'both at once': [container(has([], ['KILL'])), /drop is not set/, /add is \["KILL"\]/],
    'an init container': [deployment({ initContainers: [has()] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [has()] }), /ephemeralContainers\[0\]/],
    'a list that nobody knows yet': [container(has(UNKNOWN as never)), /^Could not be judged: web/],
  },
})

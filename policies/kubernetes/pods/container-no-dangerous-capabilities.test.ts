import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-no-dangerous-capabilities.ts'

const adds = (...add: string[]) => ({ name: 'app', securityContext: { capabilities: { add } } })
const USUAL =
  'AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT'

cases(rule, {
  passes: {
    'a container that adds none': container({}),
    'an empty list': container(adds()),
    'what runtimes give anyway': container(adds(...USUAL.split(', '))),
    'capabilities that are dropped': container({ securityContext: { capabilities: { drop: ['SYS_ADMIN'] } } }),
  },
  breaks: {
    'one that makes a container root of its machine': [
      container(adds('CHOWN', 'SYS_ADMIN')),
      `web: spec.template.spec.containers[0].securityContext.capabilities.add is ["CHOWN","SYS_ADMIN"]; write only what is needed of ${USUAL}.`,
    ],
    'raw packets, which restricted runtimes do not give': [container(adds('NET_RAW')), /\["NET_RAW"\]/],
    'all of them': [container(adds('ALL')), /\["ALL"\]/],
    'one in small letters': [container(adds('chown')), /\["chown"\]/],
    'an init container': [deployment({ initContainers: [adds('NET_ADMIN')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [adds('SYS_PTRACE')] }), /ephemeralContainers\[0\]/],
    'a capability that nobody knows yet': [container(adds(UNKNOWN)), /^Could not be judged: web/],
  },
})

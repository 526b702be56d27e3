import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './pod-se-linux.ts'

const options = (seLinuxOptions: object) => ({ securityContext: { seLinuxOptions } })

cases(rule, {
  passes: {
    'pods that say nothing': container({}),
    'a type for containers': container(options({ type: 'container_engine_t' }), options({ type: 'container_t' })),
    'empty texts': container(options({ type: '', user: '', role: '' })),
    'a level, which anyone may choose': container(options({ level: 's0:c123,c456' })),
  },
  breaks: {
    'a type that may do everything': [
      container(options({ type: 'spc_t' })),
      'web: spec.template.spec.containers[0].securityContext.seLinuxOptions.type is "spc_t"; write one of container_t, container_init_t, container_kvm_t, container_engine_t, or none.',
    ],
    'a user': [
      container({}, options({ user: 'system_u' })),
      'web: spec.template.spec.securityContext.seLinuxOptions.user is "system_u"; write none.',
    ],
    'a role': [
      deployment({ initContainers: [options({ role: 'sysadm_r' })] }),
      /initContainers\[0\].*role is "sysadm_r"/,
    ],
    'an ephemeral container': [
      deployment({ ephemeralContainers: [options({ type: 'init_t' })] }),
      /ephemeralContainers/,
    ],
    'a type that nobody knows yet': [container(options({ type: UNKNOWN })), /^Could not be judged: web/],
  },
})

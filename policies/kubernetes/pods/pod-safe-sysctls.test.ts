import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { deployment, pod } from '../../../test/support/workloads.ts'
import rule from './pod-safe-sysctls.ts'

const sets = (...names: string[]) => ({ securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) } })

cases(rule, {
  passes: {
    'pods that set none': deployment({}),
    'an empty list': deployment(sets()),
    "what concerns the pod's own network": deployment(sets('net.ipv4.tcp_syncookies', 'net.ipv4.tcp_rmem')),
  },
  breaks: {
    "a parameter of the machine's": [
      pod(sets('net.ipv4.tcp_syncookies', 'kernel.msgmax')),
      /^debug: spec.securityContext.sysctls\[1\].name is "kernel.msgmax"; write only what is needed of kernel.shm_rmid_forced, .*net.ipv4.tcp_wmem.$/,
    ],
    'one whose name only begins well': [deployment(sets('net.ipv4.tcp_rmem2')), /tcp_rmem2/],
    'one that nobody knows yet': [deployment(sets(UNKNOWN)), /^Could not be judged: web/],
  },
})

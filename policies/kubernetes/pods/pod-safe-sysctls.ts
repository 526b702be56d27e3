import { podRule } from '../pods.ts'

/** What concerns a pod's own network alone. */
const SAFE = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]

export default podRule(
  {
    name: 'pod-safe-sysctls',
    description: 'Pods set only those parameters of the kernel that concern nobody else on their machine.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['PSS sysctls'],
  },
  ({ spec, at }, tell) => {
    for (const [index, { name }] of (spec.securityContext?.sysctls ?? []).entries())
      if (!SAFE.includes(name))
        tell({
          at: `${at}.securityContext.sysctls[${index}].name`,
          is: name,
          write: `only what is needed of ${SAFE.join(', ')}`,
        })
  },
)

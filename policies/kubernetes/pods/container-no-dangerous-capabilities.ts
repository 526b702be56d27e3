import { podRule } from '../pods.ts'

/** What container runtimes give by themselves. */
const USUAL = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]

export default podRule(
  {
    name: 'container-no-dangerous-capabilities',
    description: 'No container gets more capabilities than container runtimes give by themselves.',
    severity: 'high',
    level: 'mandatory',
    serves: ['PSS capabilities_baseline', 'C-0046', 'Polaris dangerousCapabilities', 'CKV_K8S_25', 'CKV_K8S_39'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers) {
      const added = container.securityContext?.capabilities?.add ?? []
      // As the API server compares: in capital letters, without CAP_.
      if (!added.every((capability) => USUAL.includes(capability)))
        tell({
          at: `${at}.securityContext.capabilities.add`,
          is: added,
          write: `only what is needed of ${USUAL.join(', ')}`,
        })
    }
  },
)

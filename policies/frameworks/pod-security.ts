import { framework } from './framework.ts'

/** Pod Security Standards, levels baseline and restricted. */
export const podSecurity = framework({
  name: 'Pod Security Standards',
  version: '1.34',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  controls: {
    'PSS hostNamespaces': { asks: '' },
    'PSS privileged': { asks: '' },
    'PSS capabilities_baseline': { asks: '' },
    'PSS hostPathVolumes': { asks: '' },
    'PSS hostPorts': { asks: '' },
    'PSS hostProbesAndHostLifecycle': { asks: '' },
    'PSS appArmorProfile': { asks: '' },
    'PSS seLinuxOptions': { asks: '' },
    'PSS procMount': { asks: '' },
    'PSS seccompProfile_baseline': { asks: '' },
    'PSS sysctls': { asks: '' },
    'PSS windowsHostProcess': { asks: '' },
    'PSS restrictedVolumes': { asks: '' },
    'PSS allowPrivilegeEscalation': { asks: '' },
    'PSS runAsNonRoot': { asks: '' },
    'PSS runAsUser': { asks: '' },
    'PSS seccompProfile_restricted': { asks: '' },
    'PSS capabilities_restricted': { asks: '' },
  },
})

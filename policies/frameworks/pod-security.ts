import { framework } from './framework.ts'

/** Pod Security Standards, levels baseline and restricted, by the checks of their admission plugin. */
export const podSecurity = framework({
  name: 'Pod Security Standards',
  version: '1.34',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  controls: {
    // No check, but the label that makes the API server do the checks.
    'PSS enforce': { asks: 'a level that every namespace enforces.' },
    'PSS hostNamespaces': { asks: 'no pod in the network, the processes or the memory of its machine.' },
    'PSS privileged': { asks: 'no privileged container.' },
    'PSS capabilities_baseline': { asks: 'no capability beyond what runtimes give by themselves.' },
    'PSS hostPathVolumes': { asks: 'no files of the machine.' },
    'PSS hostPorts': { asks: 'no ports of the machine.' },
    'PSS hostProbesAndHostLifecycle': { asks: 'probes and hooks that ask no other host.' },
    'PSS appArmorProfile': { asks: 'no AppArmor profile taken off.' },
    'PSS seLinuxOptions': { asks: 'SELinux types made for containers, no user or role.' },
    'PSS procMount': { asks: '/proc as runtimes mask it.' },
    'PSS seccompProfile_baseline': { asks: 'no seccomp profile taken off.' },
    'PSS sysctls': { asks: 'only parameters of the kernel that concern the pod alone.' },
    'PSS windowsHostProcess': { asks: 'no process of a Windows machine.' },
    'PSS restrictedVolumes': { asks: 'volumes that the cluster gives.' },
    'PSS allowPrivilegeEscalation': { asks: 'no process with more rights than its parent.' },
    'PSS runAsNonRoot': { asks: 'no container that may start as root.' },
    'PSS runAsUser': { asks: 'no user 0.' },
    'PSS seccompProfile_restricted': { asks: 'a seccomp profile for every container.' },
    'PSS capabilities_restricted': { asks: 'all capabilities dropped, NET_BIND_SERVICE added at most.' },
  },
})

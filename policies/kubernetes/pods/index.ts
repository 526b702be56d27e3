import containerAsksItself from './container-asks-itself.ts'
import containerDropsCapabilities from './container-drops-capabilities.ts'
import containerLivenessProbe from './container-liveness-probe.ts'
import containerMemoryLimited from './container-memory-limited.ts'
import containerNoDangerousCapabilities from './container-no-dangerous-capabilities.ts'
import containerNoHostPorts from './container-no-host-ports.ts'
import containerNoPrivilegeEscalation from './container-no-privilege-escalation.ts'
import containerNotPrivileged from './container-not-privileged.ts'
import containerNotRoot from './container-not-root.ts'
import containerPortsDistinct from './container-ports-distinct.ts'
import containerProbesDiffer from './container-probes-differ.ts'
import containerProcMasked from './container-proc-masked.ts'
import containerReadOnlyRoot from './container-read-only-root.ts'
import containerReadinessProbe from './container-readiness-probe.ts'
import containerRequestsResources from './container-requests-resources.ts'
import containerSeccompProfile from './container-seccomp-profile.ts'
import containerUserHigh from './container-user-high.ts'
import containerUserNotZero from './container-user-not-zero.ts'
import envNamesDistinct from './env-names-distinct.ts'
import imageByDigest from './image-by-digest.ts'
import imagePulledAfresh from './image-pulled-afresh.ts'
import imageTagExact from './image-tag-exact.ts'
import mountNoWritableSubPath from './mount-no-writable-sub-path.ts'
import namespaceEnforcesPodSecurity from './namespace-enforces-pod-security.ts'
import podAppArmor from './pod-app-armor.ts'
import podNoDefaultToken from './pod-no-default-token.ts'
import podNoHostNamespaces from './pod-no-host-namespaces.ts'
import podNoHostPath from './pod-no-host-path.ts'
import podNoRuntimeSocket from './pod-no-runtime-socket.ts'
import podNoWindowsHostProcess from './pod-no-windows-host-process.ts'
import podPriorityClass from './pod-priority-class.ts'
import podRestrictedVolumes from './pod-restricted-volumes.ts'
import podSafeSysctls from './pod-safe-sysctls.ts'
import podScratchLimited from './pod-scratch-limited.ts'
import podSeLinux from './pod-se-linux.ts'
import podSeccompConfined from './pod-seccomp-confined.ts'

export default [
  containerAsksItself,
  containerDropsCapabilities,
  containerLivenessProbe,
  containerMemoryLimited,
  containerNoDangerousCapabilities,
  containerNoHostPorts,
  containerNoPrivilegeEscalation,
  containerNotPrivileged,
  containerNotRoot,
  containerPortsDistinct,
  containerProbesDiffer,
  containerProcMasked,
  containerReadOnlyRoot,
  containerReadinessProbe,
  containerRequestsResources,
  containerSeccompProfile,
  containerUserHigh,
  containerUserNotZero,
  envNamesDistinct,
  imageByDigest,
  imagePulledAfresh,
  imageTagExact,
  mountNoWritableSubPath,
  namespaceEnforcesPodSecurity,
  podAppArmor,
  podNoDefaultToken,
  podNoHostNamespaces,
  podNoHostPath,
  podNoRuntimeSocket,
  podNoWindowsHostProcess,
  podPriorityClass,
  podRestrictedVolumes,
  podSafeSysctls,
  podScratchLimited,
  podSeLinux,
  podSeccompConfined,
]

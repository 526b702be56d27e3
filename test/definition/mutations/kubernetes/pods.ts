import type { Mutant, Mutations } from '../../mutant.ts'

// biome-ignore lint/suspicious/noExplicitAny: a change reaches into inputs of every type, which the rules read typed.
type Pods = any

/** A change of the pods of a Deployment; the first container is the one that most changes are about. */
const pods = (name: string, by: (spec: Pods, container: Pods) => void) => (stack: Mutant) =>
  stack.change(name, ({ spec }) => by(spec.template.spec, spec.template.spec.containers[0]))
/** Pods of a namespace that is baseline: no restricted rule concerns them. */
const redis = (by: (spec: Pods, container: Pods) => void) => pods('kura-data-redis-deployment', by)
/** Pods of a namespace that is restricted. */
const worker = (by: (spec: Pods, container: Pods) => void) => pods('kura-cell-higashi-worker', by)

export default {
  'container-asks-itself': pods('kura-data-pgpool-deployment', (_, container) => {
    container.readinessProbe.tcpSocket.host = '127.0.0.1'
  }),
  'container-drops-capabilities': worker((_, container) => {
    container.securityContext.capabilities.add = ['CHOWN']
  }),
  'container-liveness-probe': redis((_, container) => {
    delete container.livenessProbe
  }),
  'container-memory-limited': redis((_, container) => {
    delete container.resources.limits.memory
  }),
  'container-no-dangerous-capabilities': redis((_, container) => {
    container.securityContext.capabilities.add = ['NET_ADMIN']
  }),
  'container-no-host-ports': redis((_, container) => {
    container.ports[0].hostPort = 6379
  }),
  'container-no-privilege-escalation': worker((_, container) => {
    delete container.securityContext.allowPrivilegeEscalation
  }),
  'container-not-privileged': redis((_, container) => {
    container.securityContext.privileged = true
  }),
  'container-not-root': worker((spec) => {
    delete spec.securityContext.runAsNonRoot
  }),
  'container-ports-distinct': redis((_, container) => {
    container.ports.push({ containerPort: 6379 })
  }),
  'container-probes-differ': pods('kura-data-pgpool-deployment', (_, container) => {
    delete container.livenessProbe.failureThreshold
  }),
  'container-proc-masked': redis((_, container) => {
    container.securityContext.procMount = 'Unmasked'
  }),
  'container-read-only-root': redis((_, container) => {
    delete container.securityContext.readOnlyRootFilesystem
  }),
  'container-readiness-probe': redis((_, container) => {
    delete container.readinessProbe
  }),
  'container-requests-resources': redis((_, container) => {
    delete container.resources.requests.cpu
  }),
  'container-seccomp-profile': worker((spec) => {
    delete spec.securityContext.seccompProfile
  }),
  'container-user-high': worker((spec) => {
    spec.securityContext.runAsUser = 999
  }),
  'container-user-not-zero': {
    by: worker((spec) => {
      spec.securityContext.runAsUser = 0
    }),
    also: ['kubernetes/container-user-high'],
  },
  'env-names-distinct': redis((_, container) => {
    container.env.push(container.env[0])
  }),
  'image-by-digest': {
    by: redis((_, container) => {
      container.image = 'docker.io/library/redis:7.2.16'
    }),
    also: ['kura/image-mirrored'],
  },
  'image-pulled-afresh': redis((_, container) => {
    container.imagePullPolicy = 'Never'
  }),
  'image-tag-exact': redis((_, container) => {
    container.image = container.image.replace(/:[^:]*$/, ':latest')
  }),
  'mount-no-writable-sub-path': redis((_, container) => {
    container.volumeMounts.find(({ name }: Pods) => name === 'temporary').subPath = 'redis'
  }),
  'namespace-enforces-pod-security': (stack) =>
    stack.change('kura-nightly-namespace', ({ metadata }) => {
      delete metadata.labels['pod-security.kubernetes.io/enforce']
    }),
  'pod-app-armor': redis((spec) => {
    spec.securityContext.appArmorProfile = { type: 'Unconfined' }
  }),
  'pod-no-default-token': redis((spec) => {
    delete spec.automountServiceAccountToken
  }),
  'pod-no-host-namespaces': redis((spec) => {
    spec.hostPID = true
  }),
  'pod-no-host-path': redis((spec) => {
    spec.volumes.push({ name: 'logs', hostPath: { path: '/var/log' } })
  }),
  // Its own exception lets Calico mount files of the machine, but not this one.
  'pod-no-runtime-socket': pods('kura-operators-calico-node', (spec) => {
    spec.volumes[0].hostPath.path = '/run/crio/crio.sock'
  }),
  'pod-no-windows-host-process': redis((spec) => {
    spec.securityContext.windowsOptions = { hostProcess: true }
  }),
  'pod-priority-class': redis((spec) => {
    delete spec.priorityClassName
  }),
  'pod-restricted-volumes': worker((spec) => {
    spec.volumes.push({ name: 'shared', nfs: { server: '10.0.0.1', path: '/' } })
  }),
  'pod-safe-sysctls': redis((spec) => {
    spec.securityContext.sysctls = [{ name: 'net.core.somaxconn', value: '1024' }]
  }),
  'pod-scratch-limited': redis((spec) => {
    delete spec.volumes.find(({ emptyDir }: Pods) => emptyDir).emptyDir.sizeLimit
  }),
  'pod-se-linux': redis((spec) => {
    spec.securityContext.seLinuxOptions = { type: 'spc_t' }
  }),
  'pod-seccomp-confined': redis((_, container) => {
    container.securityContext.seccompProfile = { type: 'Unconfined' }
  }),
} satisfies Mutations

import type { Mutations } from '../../mutant.ts'

const POSTGRESQL = 'kura-data-postgresql-cluster'
const RABBITMQ = 'kura-data-rabbitmq-cluster'
const CHART = 'kura-operators-postgres'
const CERTIFICATE = 'kura-gateway-certificates-kura-edge-0'

export default {
  'certificate-key-renewed': (stack) =>
    stack.change(CERTIFICATE, ({ spec }) => {
      spec.privateKey.rotationPolicy = 'Never'
    }),
  'certificate-key-strong': (stack) =>
    stack.change(CERTIFICATE, ({ spec }) => {
      spec.privateKey.size = 1024
    }),
  'certificate-renewed-in-time': (stack) =>
    stack.change(CERTIFICATE, ({ spec }) => {
      spec.renewBefore = '24h'
    }),
  'chart-image-exact': (stack) =>
    stack.change(CHART, ({ values }) => {
      values.image.tag = 'latest'
    }),
  'chart-not-privileged': (stack) =>
    stack.change(CHART, ({ values }) => {
      values.configKubernetes.spilo_privileged = true
    }),
  'chart-requests-resources': (stack) =>
    stack.change(CHART, ({ values }) => {
      delete values.resources.limits
    }),
  'chart-version-exact': (stack) =>
    stack.change(CHART, (release) => {
      release.version = '2.x'
    }),
  'git-sync-own-git': (stack) =>
    stack.change('kura-metrics-probes-deployment', ({ spec }) => {
      spec.template.spec.containers[0].env = [{ name: 'GITSYNC_GIT', value: '/bin/git' }]
    }),
  'issuer-verifies-authority': (stack) =>
    stack.change('kura-gateway-certificates-issuer', ({ spec }) => {
      spec.acme.skipTLSVerify = true
    }),
  'operated-image-exact': (stack) =>
    stack.change(RABBITMQ, ({ spec }) => {
      spec.image = spec.image.replace(/:[^:]+$/, ':latest')
    }),
  'operated-not-privileged': (stack) =>
    stack.change(RABBITMQ, ({ spec }) => {
      spec.override.statefulSet.spec.template.spec.containers[0].securityContext = { privileged: true }
    }),
  'operated-priority-class': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      delete spec.podPriorityClassName
    }),
  'operated-replicated': (stack) =>
    stack.change('kura-gateway-proxy', ({ spec }) => {
      spec.provider.kubernetes.envoyDeployment.replicas = 1
    }),
  'operated-requests-resources': (stack) =>
    stack.change(RABBITMQ, ({ spec }) => {
      delete spec.resources.limits.memory
    }),
  'operated-service-inside': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      spec.enableMasterLoadBalancer = true
    }),
  'operated-spread-over-hosts': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      spec.topologySpreadConstraints.pop()
    }),
  'postgresql-clients-encrypted': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      spec.patroni.pg_hba.push('host all all all scram-sha-256')
    }),
  'postgresql-not-root': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      delete spec.spiloRunAsUser
    }),
  'postgresql-users-bounded': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      spec.users.kura_monitoring = ['superuser']
    }),
  'postgresql-with-tls': (stack) =>
    stack.change(POSTGRESQL, ({ spec }) => {
      delete spec.tls.secretName
    }),
  'rabbitmq-nodes-odd': (stack) =>
    stack.change(RABBITMQ, ({ spec }) => {
      spec.replicas = 4
    }),
  'rabbitmq-with-tls': (stack) =>
    stack.change(RABBITMQ, ({ spec }) => {
      spec.tls.disableNonTLSListeners = false
    }),
} satisfies Mutations

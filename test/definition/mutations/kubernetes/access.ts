import type { Mutations } from '../../mutant.ts'

/** A role that reads metrics, and gives one thing more. */
const METRICS = 'kura-metrics-prometheus-role'

export default {
  'account-token-not-mounted': (stack) =>
    stack.change('kura-metrics-prometheus-account', (account) => {
      account.automountServiceAccountToken = true
    }),
  'binding-not-to-administrators': (stack) =>
    stack.change('kura-metrics-prometheus-role-binding', ({ roleRef }) => {
      roleRef.name = 'cluster-admin'
    }),
  'binding-not-to-default-account': (stack) =>
    stack.change('kura-metrics-prometheus-role-binding', ({ subjects }) => {
      subjects[0].name = 'default'
    }),
  'binding-not-to-everybody': (stack) =>
    stack.change('kura-metrics-prometheus-role-binding', ({ subjects }) => {
      subjects.push({ kind: 'Group', name: 'system:authenticated' })
    }),
  'cluster-role-without-certificate-approval': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules.push({
        apiGroups: ['certificates.k8s.io'],
        resources: ['certificatesigningrequests/approval'],
        verbs: ['update'],
      })
    }),
  'cluster-role-without-secrets': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules[0].resources.push('secrets')
    }),
  'cluster-role-without-webhooks': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules.push({
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['mutatingwebhookconfigurations'],
        verbs: ['patch'],
      })
    }),
  'dashboard-not-deployed': {
    by: (stack) =>
      stack.change('kura-metrics-probes-deployment', ({ spec }) => {
        const [container] = spec.template.spec.containers
        container.image = container.image.replace(/[^/]+$/, 'kubernetesui/dashboard:v2.7.0')
      }),
    also: ['kura/image-mirrored'],
  },
  'default-namespace-unused': (stack) =>
    stack.change('kura-metrics-prometheus-account', ({ metadata }) => {
      metadata.namespace = 'default'
    }),
  'role-without-escalation': (stack) =>
    stack.change('kura-operators-rabbitmq-leader', ({ rules }) => {
      rules.push({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['escalate'] })
    }),
  'role-without-exec': (stack) =>
    stack.change('kura-operators-rabbitmq-leader', ({ rules }) => {
      rules.push({ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] })
    }),
  'role-without-impersonation': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules.push({ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] })
    }),
  'role-without-node-proxy': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules[1].resources = ['nodes/proxy']
    }),
  'role-without-service-status': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules.push({ apiGroups: [''], resources: ['services/status'], verbs: ['patch'] })
    }),
  'role-without-wildcards': (stack) =>
    stack.change(METRICS, ({ rules }) => {
      rules.push({ apiGroups: ['metrics.k8s.io'], resources: ['*'], verbs: ['get'] })
    }),
} satisfies Mutations

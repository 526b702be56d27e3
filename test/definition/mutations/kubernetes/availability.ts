import type { Mutant, Mutations } from '../../mutant.ts'

const AUTOSCALER = 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler'

/** Adds an autoscaler for the cells' pods that would be right, and changes it; what it scales says no number. */
function autoscale(stack: Mutant, spec: Record<string, unknown>) {
  stack.change('kura-cell-higashi-web', (deployment) => {
    delete deployment.spec.replicas
  })
  stack.add(AUTOSCALER, 'kura-cell-higashi-autoscaler', {
    metadata: { name: 'web', namespace: 'kura-cell-higashi' },
    spec: {
      minReplicas: 2,
      maxReplicas: 4,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      ...spec,
    },
  })
}

export default {
  'api-version-stable': (stack) =>
    stack.add('kubernetes:resource.k8s.io/v1beta1:DeviceClass', 'kura-devices', { metadata: { name: 'devices' } }),
  'autoscaled-without-replicas': {
    by: (stack) =>
      stack.add(AUTOSCALER, 'kura-cell-higashi-autoscaler', {
        metadata: { name: 'web', namespace: 'kura-cell-higashi' },
        spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
      }),
    also: ['kura/cell-fits-quota'],
  },
  'autoscaler-has-room': (stack) => autoscale(stack, { maxReplicas: 2 }),
  'autoscaler-has-target': (stack) => {
    stack.add(AUTOSCALER, 'kura-cell-higashi-autoscaler', {
      metadata: { name: 'web', namespace: 'kura-cell-higashi' },
      spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: 'Deployment', name: 'site' } },
    })
  },
  'autoscaler-leaves-several': {
    by: (stack) => autoscale(stack, { minReplicas: 1 }),
    also: ['kubernetes/deployment-replicated', 'kura/cell-fits-quota'],
  },
  'cron-job-runs-once': (stack) =>
    stack.change('kura-backups-dumps', ({ spec }) => {
      spec.concurrencyPolicy = 'Allow'
    }),
  'cron-job-with-deadline': (stack) =>
    stack.change('kura-backups-dumps', ({ spec }) => {
      delete spec.startingDeadlineSeconds
    }),
  'deployment-replicated': (stack) =>
    stack.change('kura-cell-higashi-web', ({ spec }) => {
      spec.replicas = 1
    }),
  'deployment-rolled-over': (stack) =>
    stack.change('kura-cell-higashi-web', ({ spec }) => {
      spec.strategy = { type: 'Recreate' }
    }),
  'disruption-budget-allows-one': (stack) =>
    stack.change('kura-cell-higashi-disruption-budget', ({ spec }) => {
      spec.maxUnavailable = 0
    }),
  'disruption-budget-selects-pods': (stack) =>
    stack.copy('kura-cell-higashi-disruption-budget', 'kura-cell-higashi-another-budget', ({ metadata, spec }) => {
      metadata.name = 'another'
      spec.selector.matchLabels = { 'app.kubernetes.io/name': 'site' }
    }),
  'disruption-budget-with-limit': (stack) =>
    stack.change('kura-cell-higashi-disruption-budget', ({ spec }) => {
      delete spec.maxUnavailable
    }),
  'job-ends': (stack) =>
    stack.change('kura-backups-dumps', ({ spec }) => {
      delete spec.jobTemplate.spec.activeDeadlineSeconds
    }),
  'job-restart-policy': (stack) =>
    stack.change('kura-backups-dumps', ({ spec }) => {
      delete spec.jobTemplate.spec.template.spec.restartPolicy
    }),
  'labels-valid': (stack) =>
    stack.change('kura-backups-dumps', ({ metadata }) => {
      metadata.labels.team = 'library!'
    }),
  'pods-spread-over-hosts': (stack) =>
    stack.change('kura-cell-higashi-web', ({ spec }) => {
      spec.template.spec.topologySpreadConstraints.pop()
    }),
  'pods-spread-over-zones': (stack) =>
    stack.change('kura-cell-higashi-web', ({ spec }) => {
      spec.template.spec.topologySpreadConstraints.shift()
    }),
  'selector-matches-template': (stack) =>
    stack.change('kura-cell-higashi-web', ({ spec }) => {
      spec.selector.matchLabels['app.kubernetes.io/name'] = 'site'
    }),
  'stateful-set-has-service': (stack) =>
    stack.change('kura-data-elasticsearch-nodes-set', ({ spec }) => {
      spec.serviceName = 'kura-data-elasticsearch'
    }),
  'workload-with-disruption-budget': (stack) => stack.remove('kura-cell-higashi-disruption-budget'),
} satisfies Mutations

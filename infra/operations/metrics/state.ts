import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { clusterAccount } from '../../cluster/account.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { UNAWAITED } from '../../unawaited.ts'
import { EMITTERS } from './emitters.ts'

const PORTS = { metrics: 8080, own: 8081 }
const SIZE = { vcpu: 0.05, burst: 0.5, memory: 0.25 }

/** What is watched, and so may be read. */
const KINDS = {
  '': ['nodes', 'pods'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  batch: ['cronjobs'],
}

interface StateMetricsArgs {
  registry: Settings['registry']
  namespace: string
}

/** kube-state-metrics: what the Kubernetes API knows of the cluster's objects, as metrics. */
export class StateMetrics extends Component {
  /** Where it answers inside the cluster: `host:port`. */
  readonly address: string
  readonly selector = { 'app.kubernetes.io/name': 'kube-state-metrics' }
  readonly port = PORTS.metrics

  constructor(name: string, { registry, namespace }: StateMetricsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:StateMetrics', name, options)
    const child = { parent: this }
    const { selector } = this
    const labels = { ...this.labels, ...selector }
    const metadata = { name: 'kube-state-metrics', namespace, labels }
    this.address = `${metadata.name}.${namespace}.svc:${PORTS.metrics}`

    const account = clusterAccount(
      (suffix) => this.named(suffix),
      {
        ...metadata,
        role: name,
        rules: Object.entries(KINDS).map(([group, resources]) => ({
          apiGroups: [group],
          resources,
          verbs: ['list', 'watch'],
        })),
      },
      this,
    )
    const probe = { periodSeconds: 10, timeoutSeconds: 5 }
    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata,
        spec: {
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            metadata: { labels },
            spec: {
              ...podOn('web', selector),
              serviceAccountName: account,
              automountServiceAccountToken: true,
              containers: [
                {
                  name: 'kube-state-metrics',
                  image: reference(registry, images.kubeStateMetrics),
                  args: [
                    `--port=${PORTS.metrics}`,
                    `--telemetry-port=${PORTS.own}`,
                    `--resources=${Object.values(KINDS).flat().join(',')}`,
                    `--metric-allowlist=${EMITTERS['kube-state-metrics'].metrics.join(',')}`,
                  ],
                  ports: [
                    { name: 'http', containerPort: PORTS.metrics },
                    { name: 'own', containerPort: PORTS.own },
                  ],
                  readinessProbe: { ...probe, httpGet: { path: '/readyz', port: 'own' } },
                  livenessProbe: { ...probe, httpGet: { path: '/livez', port: 'http' }, failureThreshold: 6 },
                  resources: resources(SIZE),
                  securityContext: restrictedContainer,
                },
              ],
            },
          },
        },
      },
      child,
    )
    new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: { ...metadata, annotations: UNAWAITED },
        spec: { selector, ports: [{ name: 'http', port: PORTS.metrics, targetPort: 'http' }] },
      },
      child,
    )
    this.registerOutputs({ address: this.address })
  }
}

import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { allow, fromMetrics } from '../../cluster/traffic.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer, restrictedPod } from '../../pod-security.ts'
import { resources, scraped } from '../../pods.ts'
import type { Settings } from '../../settings.ts'

const NAMESPACE = 'kura-nodes'
const PORT = 9100
const HOST = '/host'
const SIZE = { vcpu: 0.02, memory: 0.0625 }

const COLLECTORS = ['cpu', 'diskstats', 'filesystem', 'loadavg', 'meminfo', 'pressure', 'timex', 'vmstat']

/** node-exporter on every node, in a namespace of its own: it looks at the node's files. */
export class NodeMetrics extends Component {
  constructor(name: string, { registry }: Pick<Settings, 'registry'>, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:NodeMetrics', name, options)
    const selector = { 'app.kubernetes.io/name': 'node-exporter' }
    const labels = { ...this.labels, ...selector }

    const { metadata } = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      {
        metadata: {
          name: NAMESPACE,
          // Only `privileged` lets a pod see the node's root. The container itself may do nothing but read.
          labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'privileged' },
        },
      },
      { parent: this },
    )
    const namespace = metadata.name
    allow(this.named('deny-all'), 'deny-all', { namespace, labels: this.labels }, this)
    allow(
      this.named('allow-collector'),
      'allow-collector',
      { namespace, labels: this.labels, pods: selector, ingress: [fromMetrics(PORT)] },
      this,
    )

    const probe = { httpGet: { path: '/', port: 'http' }, periodSeconds: 30, timeoutSeconds: 5 }
    new kubernetes.apps.v1.DaemonSet(
      this.named('daemon-set'),
      {
        metadata: { name: 'node-exporter', namespace, labels },
        spec: {
          selector: { matchLabels: selector },
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '20%' } },
          template: {
            metadata: { labels, annotations: scraped(PORT) },
            spec: {
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: restrictedPod,
              priorityClassName: 'system-node-critical',
              // Wherever a node is, and in whatever state.
              tolerations: [{ operator: 'Exists' }],
              containers: [
                {
                  name: 'node-exporter',
                  image: reference(registry, images.nodeExporter),
                  args: [
                    `--web.listen-address=:${PORT}`,
                    `--path.rootfs=${HOST}`,
                    `--path.procfs=${HOST}/proc`,
                    `--path.sysfs=${HOST}/sys`,
                    '--collector.disable-defaults',
                    ...COLLECTORS.map((collector) => `--collector.${collector}`),
                    // Volumes of pods are the kubelet's to report.
                    '--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|var/lib/(containers|kubelet))($|/)',
                  ],
                  ports: [{ name: 'http', containerPort: PORT }],
                  readinessProbe: probe,
                  livenessProbe: { ...probe, failureThreshold: 6 },
                  resources: resources(SIZE),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'host', mountPath: HOST, readOnly: true, mountPropagation: 'HostToContainer' },
                  ],
                },
              ],
              volumes: [{ name: 'host', hostPath: { path: '/' } }],
            },
          },
        },
      },
      { parent: this },
    )
    this.registerOutputs({})
  }
}

import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { checksum } from '../../checksum.ts'
import { clusterAccount } from '../../cluster/account.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { UNAWAITED } from '../../unawaited.ts'
import { FOLDER } from './scraping.ts'

const PORT = 9090
const SIZE = { vcpu: 0.25, burst: 2, memory: 2 }

/** Hours of history: enough to look back over a weekend. Rules look back an hour. */
const HISTORY = 72

interface PrometheusArgs {
  registry: Settings['registry']
  namespace: string
  /** Labels of its pods; every part's network policies let in pods with these. */
  selector: Record<string, string>
  /** `prometheus.yml` and `rules.yml`. */
  files: Record<string, string>
}

/** The collector: reads all metrics and computes what alarms look at. */
export class Prometheus extends Component {
  /** Where it answers inside the cluster: `host:port`. */
  readonly address: string
  readonly port = PORT

  constructor(name: string, args: PrometheusArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Prometheus', name, options)
    const { registry, namespace, selector, files } = args
    const child = { parent: this }
    const labels = { ...this.labels, ...selector }
    const metadata = { name: 'prometheus', namespace, labels }
    this.address = `${metadata.name}.${namespace}.svc:${PORT}`

    const account = clusterAccount(
      (suffix) => this.named(suffix),
      {
        ...metadata,
        role: name,
        rules: [
          { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch'] },
          { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
        ],
      },
      this,
    )
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata, data: files },
      child,
    )

    const probe = (path: string) => ({ httpGet: { path, port: 'http' }, periodSeconds: 10, timeoutSeconds: 5 })
    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata,
        spec: {
          // One: it loses nothing that matters, and two would say everything twice.
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            metadata: {
              labels,
              annotations: { 'kura/configuration': checksum(files) },
            },
            spec: {
              ...podOn('web', selector),
              serviceAccountName: account,
              automountServiceAccountToken: true,
              containers: [
                {
                  name: 'prometheus',
                  image: reference(registry, images.prometheus),
                  args: [
                    `--config.file=${FOLDER}/prometheus.yml`,
                    '--storage.tsdb.path=/prometheus',
                    `--storage.tsdb.retention.time=${HISTORY}h`,
                    '--storage.tsdb.retention.size=8GB',
                  ],
                  ports: [{ name: 'http', containerPort: PORT }],
                  startupProbe: { ...probe('/-/ready'), failureThreshold: 30 },
                  readinessProbe: probe('/-/ready'),
                  livenessProbe: { ...probe('/-/healthy'), failureThreshold: 6 },
                  resources: resources(SIZE),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'configuration', mountPath: FOLDER, readOnly: true },
                    { name: 'data', mountPath: '/prometheus' },
                  ],
                },
              ],
              volumes: [
                { name: 'configuration', configMap: { name: configuration.metadata.name } },
                // On the node: history is for looking back, and a block volume would tie the pod to one place.
                { name: 'data', emptyDir: { sizeLimit: '10Gi' } },
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
        spec: { selector, ports: [{ name: 'http', port: PORT, targetPort: 'http' }] },
      },
      child,
    )
    this.registerOutputs({ address: this.address })
  }
}

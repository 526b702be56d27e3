import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { stringify } from 'yaml'
import { checksum } from '../../checksum.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { UNAWAITED } from '../../unawaited.ts'

const PORT = 9115
const FOLDER = '/etc/blackbox'
const SIZE = { vcpu: 0.01, burst: 0.25, memory: 0.0625 }

const CONFIGURATION = stringify({
  modules: {
    certificate: {
      prober: 'tcp',
      timeout: '10s',
      // Only the day on which it ends is looked at, and that must be known of one that has ended too.
      tcp: { preferred_ip_protocol: 'ip4', tls: true, tls_config: { insecure_skip_verify: true } },
    },
  },
})

interface ProbesArgs {
  registry: Settings['registry']
  namespace: string
}

/** blackbox-exporter: looks at the certificates that readers are served, from outside the load balancers. */
export class Probes extends Component {
  /** Where it answers inside the cluster: `host:port`. */
  readonly address: string
  readonly selector = { 'app.kubernetes.io/name': 'blackbox-exporter' }
  readonly port = PORT

  constructor(name: string, { registry, namespace }: ProbesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Probes', name, options)
    const child = { parent: this }
    const { selector } = this
    const labels = { ...this.labels, ...selector }
    const metadata = { name: 'blackbox-exporter', namespace, labels }
    this.address = `${metadata.name}.${namespace}.svc:${PORT}`

    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata, data: { 'blackbox.yml': CONFIGURATION } },
      child,
    )
    const probe = { httpGet: { path: '/-/healthy', port: 'http' }, periodSeconds: 10, timeoutSeconds: 5 }
    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata,
        spec: {
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            metadata: {
              labels,
              annotations: { 'kura/configuration': checksum(CONFIGURATION) },
            },
            spec: {
              ...podOn('web', selector),
              containers: [
                {
                  name: 'blackbox-exporter',
                  image: reference(registry, images.blackboxExporter),
                  args: [`--config.file=${FOLDER}/blackbox.yml`],
                  ports: [{ name: 'http', containerPort: PORT }],
                  readinessProbe: probe,
                  livenessProbe: { ...probe, failureThreshold: 6 },
                  resources: resources(SIZE),
                  securityContext: restrictedContainer,
                  volumeMounts: [{ name: 'configuration', mountPath: FOLDER, readOnly: true }],
                },
              ],
              volumes: [{ name: 'configuration', configMap: { name: configuration.metadata.name } }],
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

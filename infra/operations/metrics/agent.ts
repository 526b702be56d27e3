import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { checksum } from '../../checksum.ts'
import { BLOCK_STORAGE } from '../../cluster/classes.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { UNAWAITED } from '../../unawaited.ts'
import { NAMESPACE } from './rules.ts'

/** A JVM, as Oracle's own chart sizes it. */
const SIZE = { vcpu: 0.2, burst: 0.5, memory: 1 }

/** GiB of its volume, the least that block storage gives. */
const VOLUME = 50

/** What the image runs before it starts the agent. */
const INIT = readFileSync(join(import.meta.dirname, 'scripts/init-agent.sh'), 'utf8')

interface AgentArgs {
  settings: Pick<Settings, 'registry' | 'compartment'>
  namespace: string
  selector: Record<string, string>
  /** Lets the agent register itself. */
  key: pulumi.Output<string>
  /** Where the metrics to push are read. */
  url: string
  /** Their names. */
  metrics: string[]
}

/**
 * Oracle's Management Agent: pushes the recorded metrics to Monitoring. It registers itself once and has an identity of
 * its own from then on, which is why it keeps a volume.
 */
export class Agent extends Component {
  constructor(name: string, args: AgentArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Agent', name, options)
    const { settings, namespace, selector, key, url, metrics } = args
    const child = { parent: this }
    const labels = { ...this.labels, ...selector }
    const metadata = { name: 'management-agent', namespace, labels }

    const source = `${Object.entries({
      url,
      namespace: NAMESPACE,
      compartmentId: settings.compartment,
      allowMetrics: metrics.join(','),
      scheduleMins: 1,
    })
      .map(([property, value]) => `${property}=${value}`)
      .join('\n')}\n`
    const files = { 'collector.properties': source, 'init-agent.sh': INIT }
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata, data: files },
      child,
    )
    const registration = new kubernetes.core.v1.Secret(
      this.named('registration'),
      {
        metadata,
        stringData: {
          'input.rsp': pulumi.interpolate`ManagementAgentInstallKey = ${key}\nAgentDisplayName = ${name}-${pulumi.getStack()}\n`,
        },
      },
      child,
    )

    // Nobody asks the agent anything; a StatefulSet's pods have their names by a Service.
    new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: { ...metadata, annotations: UNAWAITED },
        spec: { clusterIP: 'None', selector },
      },
      child,
    )
    new kubernetes.apps.v1.StatefulSet(
      this.named('stateful-set'),
      {
        metadata,
        spec: {
          serviceName: metadata.name,
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            metadata: {
              labels,
              annotations: { 'kura/configuration': checksum(files) },
            },
            spec: {
              ...podOn('web', selector),
              containers: [
                {
                  // No probe: the image's own watchdog starts the agent again, and its silence is an alarm.
                  name: 'management-agent',
                  image: reference(settings.registry, images.managementAgent),
                  resources: resources(SIZE),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'data', mountPath: '/opt/oracle' },
                    { name: 'registration', mountPath: '/opt/oracle/mgmtagent_secret', readOnly: true },
                    { name: 'sources', mountPath: '/etc/kura-agent', readOnly: true },
                    {
                      name: 'init',
                      mountPath: '/opt/oracle-mgmtagent-staging/scripts/init-agent.sh',
                      subPath: 'init-agent.sh',
                      readOnly: true,
                    },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                { name: 'registration', secret: { secretName: registration.metadata.name, defaultMode: 0o440 } },
                {
                  name: 'sources',
                  configMap: {
                    name: configuration.metadata.name,
                    items: [{ key: 'collector.properties', path: 'collector.properties' }],
                  },
                },
                { name: 'init', configMap: { name: configuration.metadata.name, defaultMode: 0o555 } },
                { name: 'temporary', emptyDir: { sizeLimit: '256Mi' } },
              ],
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data', labels },
              spec: {
                accessModes: ['ReadWriteOnce'],
                storageClassName: BLOCK_STORAGE,
                resources: { requests: { storage: `${VOLUME}Gi` } },
              },
            },
          ],
        },
      },
      child,
    )
    this.registerOutputs({})
  }
}

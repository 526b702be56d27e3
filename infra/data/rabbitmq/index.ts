import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { RandomId } from '@pulumi/random'
import { checksum } from '../../checksum.ts'
import { BLOCK_STORAGE, PRIORITY } from '../../cluster/classes.ts'
import { apart, POOL, tolerations } from '../../cluster/placement.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { password } from '../../password.ts'
import { resources, scraped, type Workload } from '../../pods.ts'
import { cellAtMost } from '../../repositories/rollout.ts'
import type { Settings } from '../../settings.ts'
import type { Authority } from '../authority.ts'
import type { Service } from '../index.ts'
import { definitions, passwordHash, VHOST } from './definitions.ts'

export const PORTS = { amqps: 5671, management: 15671, metrics: 15692, epmd: 4369, distribution: 25672 }

const DEFINITIONS = '/etc/rabbitmq-definitions'
const USERS = { application: 'kura', monitoring: 'monitoring' }

/** Connections that one process of a cell holds: one to publish by, one to consume by. */
const CONNECTIONS_PER_PROCESS = 2
/** Queues of a cell: kinds of work, each with one for what has failed. */
const QUEUES_PER_CELL = 32
/** Limits count cells in steps: other limits restart all nodes, which a cell more is no reason for. */
const CELLS_PER_STEP = 100

/** Seconds that a node may take to end: it waits until the queues' majorities do without it. */
const DRAIN_SECONDS = 1200

interface RabbitmqArgs extends Pick<Settings, 'rabbitmq' | 'registry'> {
  namespace: string
  authority: Authority
  /** One on each node of its pool. */
  instances: number
  cells: number
  processes: Parameters<typeof cellAtMost>[0]
}

/** RabbitMQ by its cluster operator: quorum queues, which live on as long as a majority of nodes does. */
export class Rabbitmq extends Component {
  readonly service: Service

  constructor(name: string, args: RabbitmqArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Rabbitmq', name, options)
    const { namespace, authority, instances, rabbitmq, registry } = args
    const host = `${name}.${namespace}.svc`
    // The operator labels its pods by the cluster's name.
    const pods = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'rabbitmq' }
    const application = password(this.named('application'), rabbitmq.passwords, this).result
    this.service = {
      url: `amqps://${host}:${PORTS.amqps}/${VHOST}`,
      port: PORTS.amqps,
      pods,
      user: USERS.application,
      password: application,
    }

    const content = this.#definitions(args, application)
    const secret = new kubernetes.core.v1.Secret(
      this.named('definitions'),
      {
        metadata: { name: this.named('definitions'), namespace, labels: this.labels },
        stringData: { 'definitions.json': content },
      },
      { parent: this },
    )
    const spec = {
      image: reference(registry, images.rabbitmq),
      replicas: instances,
      terminationGracePeriodSeconds: DRAIN_SECONDS,
      persistence: { storageClassName: BLOCK_STORAGE, storage: `${rabbitmq.volume}Gi` },
      resources: resources(rabbitmq),
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: POOL, operator: 'In', values: ['rabbitmq'] }] }],
          },
        },
      },
      tolerations: tolerations('rabbitmq'),
      tls: {
        secretName: authority.issue('rabbitmq', [host, `*.${name}-nodes.${namespace}.svc`, `${host}.cluster.local`]),
        disableNonTLSListeners: true,
      },
      rabbitmq: { additionalConfig: configuration(rabbitmq.volume) },
      override: {
        statefulSet: {
          spec: {
            template: {
              // New definitions are read by a node that starts. Their hash tells nobody anything.
              metadata: {
                annotations: {
                  ...scraped(PORTS.metrics),
                  'kura/configuration': pulumi.unsecret(checksum(content)),
                },
              },
              spec: {
                priorityClassName: PRIORITY.data,
                topologySpreadConstraints: apart(pods),
                containers: [
                  {
                    name: 'rabbitmq',
                    volumeMounts: [{ name: 'definitions', mountPath: DEFINITIONS, readOnly: true }],
                  },
                ],
                volumes: [{ name: 'definitions', secret: { secretName: secret.metadata.name, defaultMode: 0o440 } }],
              },
            },
          },
        },
      },
    }
    new kubernetes.apiextensions.CustomResource(
      this.named('cluster'),
      {
        apiVersion: 'rabbitmq.com/v1beta1',
        kind: 'RabbitmqCluster',
        metadata: { name, namespace, labels: this.labels },
        spec,
      },
      // Its volumes belong to it: they would go with it.
      { parent: this, protect: true, retainOnDelete: true },
    )
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named('disruption-budget'),
      {
        metadata: { name, namespace, labels: this.labels },
        spec: { maxUnavailable: 1, selector: { matchLabels: pods } },
      },
      { parent: this },
    )
    const workloads: Workload[] = [
      {
        name,
        namespace,
        kind: 'StatefulSet',
        replicas: instances,
        pool: 'rabbitmq',
        vcpu: rabbitmq.vcpu,
        memory: rabbitmq.memory,
        volume: rabbitmq.volume,
      },
    ]
    this.registerOutputs({ url: this.service.url, workloads })
  }

  /** The definitions file, with the users' passwords as hashes under salts that stay. */
  #definitions({ namespace, rabbitmq, cells, processes }: RabbitmqArgs, application: pulumi.Output<string>) {
    const monitoring = password(this.named('monitoring'), rabbitmq.passwords, this).result
    // For whoever looks at the queues in the management pages.
    new kubernetes.core.v1.Secret(
      this.named('monitoring-secret'),
      {
        metadata: { name: this.named('monitoring'), namespace, labels: this.labels },
        stringData: { username: USERS.monitoring, password: monitoring },
      },
      { parent: this },
    )
    const hashed = (user: keyof typeof USERS, plain: pulumi.Output<string>) => {
      const salt = new RandomId(this.named(`${user}-salt`), { byteLength: 4 }, { parent: this })
      return pulumi.all([plain, salt.b64Std]).apply(([text, bytes]) => ({
        name: USERS[user],
        hash: passwordHash(text, Buffer.from(bytes, 'base64')),
      }))
    }
    const room = Math.ceil(cells / CELLS_PER_STEP) * CELLS_PER_STEP
    const limits = {
      connections: room * cellAtMost(processes).pods * CONNECTIONS_PER_PROCESS,
      queues: room * QUEUES_PER_CELL,
    }
    return pulumi
      .all([hashed('application', application), hashed('monitoring', monitoring)])
      .apply(([app, watcher]) => definitions(app, watcher, limits))
  }
}

/** `rabbitmq.conf`, after what the operator writes. `volume` in GiB. */
function configuration(volume: number): string {
  const settings: Record<string, string | number> = {
    'definitions.import_backend': 'local_filesystem',
    'definitions.local.path': `${DEFINITIONS}/definitions.json`,
    // Publishers are stopped while there is still room to work the queues off.
    'disk_free_limit.absolute': `${Math.floor(volume / 5)}GiB`,
    'vm_memory_high_watermark.relative': 0.6,
    // Messages say what has changed, and carry nothing of it.
    max_message_size: 1_048_576,
    channel_max: 128,
    // Metrics hold no secret, and their collector speaks HTTP; the policies let nobody else there.
    'prometheus.tcp.port': PORTS.metrics,
  }
  return Object.entries(settings)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../../component.ts'
import { images } from '../../images.ts'
import { type Login, password } from '../../password.ts'
import type { Settings } from '../../settings.ts'
import { fileClaim } from '../../storage/file-claim.ts'
import type { FileVolume } from '../../storage/files.ts'
import type { ObjectStore, S3Key } from '../../storage/index.ts'
import { UNAWAITED } from '../../unawaited.ts'
import type { Authority } from '../authority.ts'
import { AUTHORITY_FILE, Exporter } from '../exporter.ts'
import type { Service } from '../index.ts'
import { elasticsearchYml, jvmOptions, PORTS } from './configuration.ts'
import { Nodes } from './nodes.ts'
import { Repositories } from './repositories.ts'
import { passwords, realm } from './users.ts'

/** Labels of the exporter's pod, and the port of its metrics. */
export const EXPORTER = { pods: { 'app.kubernetes.io/name': 'elasticsearch-exporter' }, port: 9114 }

interface ElasticsearchArgs extends Pick<Settings, 'elasticsearch' | 'registry'> {
  namespace: string
  authority: Authority
  /** One on each node of its pool. */
  instances: number
  snapshots: { store: pulumi.Output<ObjectStore>; key: S3Key; volume: FileVolume }
}

/** Elasticsearch: nodes that are all alike, spread over machines and fault domains, and where their snapshots go. */
export class Elasticsearch extends Component {
  readonly service: Service
  /** Who takes snapshots. */
  readonly snapshot: Login

  constructor(name: string, args: ElasticsearchArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Elasticsearch', name, options)
    const { namespace, authority, instances, elasticsearch, registry, snapshots } = args
    const host = `${name}.${namespace}.svc`
    const pods = { 'app.kubernetes.io/name': 'elasticsearch' }
    const labels = { ...this.labels, ...pods }
    const child = { parent: this }
    const url = `https://${host}:${PORTS.http}`

    const users = passwords((suffix) => this.named(suffix), elasticsearch.passwords, this)
    this.service = { url, port: PORTS.http, pods, user: 'kura', password: users.kura.result }
    this.snapshot = { user: 'snapshots', password: users.snapshots.result }

    new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: { name, namespace, labels, annotations: UNAWAITED },
        spec: { selector: pods, ports: [{ name: 'https', port: PORTS.http, targetPort: 'http' }] },
      },
      child,
    )
    const peers = new kubernetes.core.v1.Service(
      this.named('peers'),
      {
        metadata: { name: this.named('peers'), namespace, labels, annotations: UNAWAITED },
        spec: {
          clusterIP: 'None',
          // Nodes must find each other before any of them is ready.
          publishNotReadyAddresses: true,
          selector: pods,
          ports: [{ name: 'transport', port: PORTS.transport, targetPort: 'transport' }],
        },
      },
      child,
    ).metadata.name
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named('disruption-budget'),
      {
        metadata: { name, namespace, labels },
        spec: { maxUnavailable: 1, selector: { matchLabels: pods } },
      },
      child,
    )

    const secret = (suffix: string, stringData: Record<string, pulumi.Input<string>>) =>
      new kubernetes.core.v1.Secret(
        this.named(`${suffix}-secret`),
        { metadata: { name: this.named(suffix), namespace, labels }, stringData },
        child,
      ).metadata.name
    const backups = fileClaim(
      this.named('backups'),
      {
        volume: this.named('backups'),
        claim: this.named('backups'),
        namespace,
        labels,
        handle: snapshots.volume.handle,
      },
      // A claim does not go while a pod mounts it, and these pods stay.
      { ...child, retainOnDelete: true },
    )
    const nodes = new Nodes(
      this.named('nodes'),
      {
        namespace,
        registry,
        elasticsearch,
        instances,
        pods,
        peers,
        settings: pulumi.output(snapshots.store).apply(
          (store): Record<string, string> => ({
            'elasticsearch.yml': elasticsearchYml(
              { name: this.named('nodes'), peers: `${this.named('peers')}.${namespace}.svc` },
              store,
            ),
            'kura.options': jvmOptions(elasticsearch.memory),
            'prepare.sh': readFileSync(join(import.meta.dirname, 'scripts/prepare.sh'), 'utf8'),
          }),
        ),
        accessKey: snapshots.key.id,
        keystore: secret('keystore', {
          // Of the user `elastic`, until it is given another: an operator's way in.
          'bootstrap.password': password(this.named('elastic'), elasticsearch.passwords, this).result,
          's3.client.default.access_key': snapshots.key.id,
          's3.client.default.secret_key': snapshots.key.secret,
        }),
        realm: secret('realm', realm(users)),
        certificate: authority.issue('elasticsearch', [host, `${host}.cluster.local`, 'localhost']),
        backups,
      },
      child,
    )
    new Repositories(
      this.named('repositories'),
      { namespace, registry, authority, url, login: this.snapshot, store: snapshots.store },
      { parent: this, dependsOn: [nodes] },
    )
    new Exporter(
      this.named('exporter'),
      {
        namespace,
        registry,
        authority,
        image: images.elasticsearchExporter,
        ...EXPORTER,
        login: { user: 'monitoring', password: users.monitoring.result },
        generation: elasticsearch.passwords,
        arguments: [`--es.uri=${url}`, `--es.ca=${AUTHORITY_FILE}`, '--es.all', '--collector.snapshots'],
        environment: { ES_USERNAME: 'monitoring' },
        // It reads no file.
        passwordVariable: 'ES_PASSWORD',
      },
      { parent: this, dependsOn: nodes },
    )
    this.registerOutputs({ url })
  }
}

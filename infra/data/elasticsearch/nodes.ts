import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { checksum } from '../../checksum.ts'
import { clusterAccount } from '../../cluster/account.ts'
import { BLOCK_STORAGE, PRIORITY } from '../../cluster/classes.ts'
import { apart } from '../../cluster/placement.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { BACKUPS, CONFIG, DATA, FOLDERS, HOME, PORTS } from './configuration.ts'

/** The image's group: its files are for it. */
const IMAGE_GROUP = 0

/** Where the first container finds what it makes the configuration of. */
const PREPARE = { settings: '/settings', secrets: '/keystore', token: '/token', target: '/configuration' }

interface NodesArgs extends Pick<Settings, 'elasticsearch' | 'registry'> {
  namespace: string
  instances: number
  pods: Record<string, string>
  /** Name of the Service by which nodes find each other. */
  peers: pulumi.Input<string>
  /** Files of {@link PREPARE}.settings: our part of the configuration, and the script. */
  settings: pulumi.Output<Record<string, string>>
  /** Id of the key of object storage, whose secret half a node reads when it starts: another one rolls the nodes. */
  accessKey: pulumi.Input<string>
  /** Names of Secrets: settings of the keystore, files of the file realm, and certificates. */
  keystore: pulumi.Input<string>
  realm: pulumi.Input<string>
  certificate: pulumi.Input<string>
  /** Claim of the file storage for snapshots. */
  backups: pulumi.Input<string>
}

/** The nodes of Elasticsearch, all alike, one on each machine of their pool. */
export class Nodes extends Component {
  constructor(name: string, args: NodesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:ElasticsearchNodes', name, options)
    const { namespace, instances, elasticsearch, pods, peers, settings } = args
    const labels = { ...this.labels, ...pods }
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata: { name: this.named('configuration'), namespace, labels }, data: settings },
      { parent: this },
    )
    const account = this.#account(namespace)
    const image = reference(args.registry, images.elasticsearch)
    const pod = podOn('elasticsearch', pods)

    new kubernetes.apps.v1.StatefulSet(
      this.named('set'),
      {
        metadata: { name, namespace, labels },
        spec: {
          replicas: instances,
          serviceName: peers,
          selector: { matchLabels: pods },
          // All start at once, since none is ready alone; one after the other they are replaced.
          podManagementPolicy: 'Parallel',
          updateStrategy: { type: 'RollingUpdate' },
          // A node is part of the cluster before its shards are back; the next waits for them.
          minReadySeconds: 180,
          template: {
            metadata: {
              labels,
              annotations: {
                'kura/configuration': checksum([settings, args.accessKey]),
              },
            },
            spec: {
              ...pod,
              topologySpreadConstraints: apart(pods),
              priorityClassName: PRIORITY.data,
              serviceAccountName: account,
              terminationGracePeriodSeconds: 120,
              // Ownership is right once; looking through a large volume at each start takes minutes.
              securityContext: {
                ...pod.securityContext,
                runAsGroup: IMAGE_GROUP,
                fsGroupChangePolicy: 'OnRootMismatch',
              },
              initContainers: [
                {
                  name: 'prepare',
                  image,
                  command: ['bash', `${PREPARE.settings}/prepare.sh`],
                  env: [
                    ...Object.entries({
                      SOURCE: CONFIG,
                      SETTINGS: PREPARE.settings,
                      SECRETS: PREPARE.secrets,
                      TOKEN: PREPARE.token,
                      TARGET: PREPARE.target,
                    }).map(([name, value]) => ({ name, value })),
                    { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                  ],
                  resources: resources({ vcpu: 0.5, memory: 0.5 }),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'settings', mountPath: PREPARE.settings, readOnly: true },
                    { name: 'keystore', mountPath: PREPARE.secrets, readOnly: true },
                    { name: 'token', mountPath: PREPARE.token, readOnly: true },
                    { name: 'configuration', mountPath: PREPARE.target },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              containers: [
                {
                  name: 'elasticsearch',
                  image,
                  // Not the image's own start script: it would make a keystore, and settings of the environment.
                  command: [`${HOME}/bin/elasticsearch`],
                  env: [{ name: 'ES_TMPDIR', value: '/tmp' }],
                  ports: [
                    { name: 'http', containerPort: PORTS.http },
                    { name: 'transport', containerPort: PORTS.transport },
                    { name: 'readiness', containerPort: PORTS.readiness },
                  ],
                  // Open while the node belongs to a cluster with a master. No liveness probe: a node that is short of
                  // memory ends itself, and one that is busy would lose its shards by being ended.
                  readinessProbe: { tcpSocket: { port: 'readiness' }, periodSeconds: 10, timeoutSeconds: 3 },
                  resources: resources(elasticsearch),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'configuration', mountPath: CONFIG },
                    { name: 'certificate', mountPath: `${CONFIG}/${FOLDERS.tls}`, readOnly: true },
                    { name: 'realm', mountPath: `${CONFIG}/${FOLDERS.users}`, readOnly: true },
                    { name: 'data', mountPath: DATA },
                    { name: 'backups', mountPath: BACKUPS },
                    { name: 'logs', mountPath: `${HOME}/logs` },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                { name: 'settings', configMap: { name: configuration.metadata.name } },
                { name: 'keystore', secret: { secretName: args.keystore, defaultMode: 0o440 } },
                { name: 'realm', secret: { secretName: args.realm, defaultMode: 0o440 } },
                { name: 'certificate', secret: { secretName: args.certificate, defaultMode: 0o440 } },
                {
                  name: 'token',
                  projected: {
                    defaultMode: 0o440,
                    sources: [
                      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
                      {
                        configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
                      },
                    ],
                  },
                },
                { name: 'backups', persistentVolumeClaim: { claimName: args.backups } },
                { name: 'configuration', emptyDir: { sizeLimit: '16Mi' } },
                { name: 'logs', emptyDir: { sizeLimit: '1Gi' } },
                { name: 'temporary', emptyDir: { sizeLimit: '1Gi' } },
              ],
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data', labels },
              spec: {
                accessModes: ['ReadWriteOnce'],
                storageClassName: BLOCK_STORAGE,
                resources: { requests: { storage: `${elasticsearch.volume}Gi` } },
              },
            },
          ],
        },
      },
      // Nothing of a new cluster is ready before its nodes have found each other.
      { parent: this, protect: true, retainOnDelete: true, customTimeouts: { create: '30m', update: '4h' } },
    )
    this.registerOutputs({})
  }

  /** Who may read a machine's labels, and nothing else; the first container alone is given its token. */
  #account(namespace: string): pulumi.Output<string> {
    const name = this.named('account')
    const rules = [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }]
    return clusterAccount(
      (suffix) => this.named(suffix),
      { name, namespace, role: name, labels: this.labels, rules },
      this,
    )
  }
}

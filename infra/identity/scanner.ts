import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { checksum } from '../checksum.ts'
import { allow, tcp, toNames, toPublic } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { restrictedContainer } from '../pod-security.ts'
import { resources } from '../pods.ts'
import type { Settings } from '../settings.ts'
import { CLAMD, clamd, freshclam, LARGEST_FILE, MIRROR, mirror, PLACES } from './clamav.ts'
import { deployment, podsOf } from './workload.ts'

const NAMES = { scanner: 'scanner', signatures: 'signatures' }
/** What fetches from a mirror nearby, and what serves it. */
const FETCH = { vcpu: 0.02, burst: 1, memory: 0.25 }
/** What fetches from ClamAV's own mirrors tries each set of signatures before anyone gets it: it loads them as clamd does. */
const TRY = { vcpu: 0.1, burst: 1, memory: 2 }
const SERVE = { vcpu: 0.02, burst: 0.5, memory: 0.125 }

interface ScannerArgs {
  namespace: string
  settings: Pick<Settings, 'registry' | 'identity'>
}

/**
 * ClamAV. Its replicas take signatures from one mirror in the cluster: ClamAV's own mirrors turn away who asks often, and
 * a scanner that starts must not depend on them.
 */
export class Scanner extends Component {
  readonly host: string
  readonly port = CLAMD
  /** Bytes of a file that it looks at. */
  readonly largest = LARGEST_FILE
  /** Labels of its pods. */
  readonly pods = podsOf(NAMES.scanner)

  constructor(name: string, { namespace, settings }: ScannerArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Scanner', name, options)
    this.host = `${NAMES.scanner}.${namespace}.svc`
    const of = (owner: string) => (suffix: string) => this.named(`${owner}-${suffix}`)
    const shared = { namespace, labels: this.labels }
    const files = (owner: string, data: Record<string, string>) =>
      new kubernetes.core.v1.ConfigMap(
        this.named(`${owner}-configuration`),
        { metadata: { name: owner, ...shared }, data },
        { parent: this },
      ).metadata.name
    const container = (image: keyof typeof images) => ({
      image: reference(settings.registry, images[image]),
      securityContext: restrictedContainer,
    })
    const mount = (volume: string, mountPath: string, readOnly = true) => ({ name: volume, mountPath, readOnly })
    const writing = [mount('signatures', PLACES.signatures, false), mount('temporary', '/tmp', false)]
    const configured = mount('configuration', PLACES.configuration)
    const update = ['freshclam', `--config-file=${PLACES.configuration}/freshclam.conf`, '--stdout']

    const serving = { 'freshclam.conf': freshclam(), 'nginx.conf': mirror() }
    deployment(
      of(NAMES.signatures),
      {
        ...shared,
        name: NAMES.signatures,
        replicas: 1,
        checksum: checksum(serving),
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
        pod: {
          containers: [
            {
              ...container('clamav'),
              name: 'update',
              command: [...update, '--daemon', '--foreground'],
              resources: resources(TRY),
              volumeMounts: [configured, ...writing],
            },
            {
              ...container('nginx'),
              name: 'serve',
              command: ['nginx', '-e', '/dev/stderr', '-c', `${PLACES.configuration}/nginx.conf`],
              ports: [{ name: 'http', containerPort: MIRROR }],
              readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 10 },
              livenessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 10 },
              resources: resources(SERVE),
              volumeMounts: [configured, mount('signatures', PLACES.signatures), mount('temporary', '/tmp', false)],
            },
          ],
          volumes: [
            { name: 'configuration', configMap: { name: files(NAMES.signatures, serving) } },
            { name: 'signatures', emptyDir: { sizeLimit: '2Gi' } },
            { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
          ],
        },
      },
      this,
    )

    const scanning = { 'clamd.conf': clamd(), 'freshclam.conf': freshclam(`http://${NAMES.signatures}`) }
    const ping = {
      exec: { command: ['clamdscan', `--config-file=${PLACES.configuration}/clamd.conf`, '--ping', '1'] },
      periodSeconds: 10,
      timeoutSeconds: 5,
    }
    deployment(
      of('clamd'),
      {
        ...shared,
        name: NAMES.scanner,
        replicas: settings.identity.scanner.replicas,
        checksum: checksum(scanning),
        ports: [{ name: 'clamd', port: CLAMD, targetPort: 'clamd' }],
        pod: {
          initContainers: [
            {
              ...container('clamav'),
              name: 'fetch',
              command: update,
              resources: resources(FETCH),
              volumeMounts: [configured, ...writing],
            },
          ],
          containers: [
            {
              ...container('clamav'),
              name: NAMES.scanner,
              command: ['clamd', '--foreground', `--config-file=${PLACES.configuration}/clamd.conf`],
              ports: [{ name: 'clamd', containerPort: CLAMD }],
              startupProbe: { ...ping, failureThreshold: 30 },
              // While it loads new signatures it answers nobody: another replica does.
              readinessProbe: ping,
              livenessProbe: { ...ping, failureThreshold: 18 },
              resources: resources(settings.identity.scanner),
              volumeMounts: [
                configured,
                mount('signatures', PLACES.signatures),
                mount('temporary', '/tmp', false),
                mount('files', PLACES.files, false),
              ],
            },
            {
              ...container('clamav'),
              name: 'update',
              command: [...update, '--daemon', '--foreground'],
              resources: resources(FETCH),
              volumeMounts: [configured, ...writing],
            },
          ],
          volumes: [
            { name: 'configuration', configMap: { name: files(NAMES.scanner, scanning) } },
            { name: 'signatures', emptyDir: { sizeLimit: '2Gi' } },
            { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
            { name: 'files', emptyDir: { sizeLimit: '16Gi' } },
          ],
        },
      },
      this,
    )

    this.#traffic(shared)
    this.registerOutputs({ host: this.host, port: this.port })
  }

  #traffic(shared: { namespace: string; labels: Record<string, string> }) {
    const signatures = podsOf(NAMES.signatures)
    const traffic = (suffix: string, rules: Partial<Parameters<typeof allow>[2]>) =>
      allow(this.named(`${suffix}-traffic`), `allow-${suffix}`, { ...shared, ...rules }, this)
    traffic(NAMES.scanner, {
      pods: this.pods,
      ingress: [
        {
          from: [{ namespaceSelector: { matchExpressions: [{ key: 'kura/cell', operator: 'Exists' }] } }],
          ports: [tcp(CLAMD)],
        },
      ],
      egress: [toNames, { to: [{ podSelector: { matchLabels: signatures } }], ports: [tcp(MIRROR)] }],
    })
    traffic(NAMES.signatures, {
      pods: signatures,
      ingress: [{ from: [{ podSelector: { matchLabels: this.pods } }], ports: [tcp(MIRROR)] }],
      // ClamAV's own mirrors.
      egress: [toNames, toPublic],
    })
  }
}

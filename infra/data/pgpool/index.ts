import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { checksum } from '../../checksum.ts'
import { PRIORITY } from '../../cluster/classes.ts'
import { apart } from '../../cluster/placement.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { restrictedContainer, restrictedPod } from '../../pod-security.ts'
import { podOn, resources } from '../../pods.ts'
import type { Settings } from '../../settings.ts'
import { UNAWAITED } from '../../unawaited.ts'
import type { Authority } from '../authority.ts'
import type { Postgresql } from '../postgresql/index.ts'
import { CERTIFICATE, configuration as filesOf, PID_FILE, PORT } from './configuration.ts'

export { PORT } from './configuration.ts'
/** Labels of its pods. */
export const PODS = { 'app.kubernetes.io/name': 'pgpool' }
const CONFIGURATION = '/etc/pgpool'

/** Seconds until clients have learnt that a pod ends; they still come until then. */
const UNLISTED_SECONDS = 5

/**
 * Clients whose node is gone give back their connection within two minutes. pgpool-II asks for keepalives and says no
 * times of its own; by default they begin after two hours.
 */
const KEEPALIVE = Object.entries({ time: '60', intvl: '10', probes: '6' }).map(([name, value]) => ({
  name: `net.ipv4.tcp_keepalive_${name}`,
  value,
}))

interface PgpoolArgs extends Pick<Settings, 'pgpool' | 'registry'> {
  namespace: string
  authority: Authority
  postgresql: Postgresql
  /** One on each node of its pool. */
  instances: number
}

/** pgpool-II: the one door to PostgreSQL, which sends reads that may lag to the standbys. */
export class Pgpool extends Component {
  readonly host: string
  readonly port = PORT

  constructor(name: string, args: PgpoolArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Pgpool', name, options)
    const { namespace, authority, postgresql, instances, pgpool, registry } = args
    this.host = `${name}.${namespace}.svc`
    const labels = { ...this.labels, ...PODS }
    const child = { parent: this }

    const files = filesOf(postgresql, pgpool.children)
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata: { name: this.named('configuration'), namespace, labels }, data: files },
      child,
    )
    const probe = { tcpSocket: { port: PORT }, periodSeconds: 10, timeoutSeconds: 3 }

    new kubernetes.apps.v1.Deployment(
      this.named('deployment'),
      {
        metadata: { name, namespace, labels },
        spec: {
          replicas: instances,
          selector: { matchLabels: PODS },
          // A new one finds no free node of its pool before an old one has gone.
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
          template: {
            metadata: {
              labels,
              annotations: {
                'kura/configuration': checksum(files),
              },
            },
            spec: {
              ...podOn('pgpool', PODS),
              securityContext: { ...restrictedPod, sysctls: KEEPALIVE },
              topologySpreadConstraints: apart(PODS),
              priorityClassName: PRIORITY.data,
              containers: [
                {
                  name: 'pgpool',
                  image: reference(registry, images.pgpool),
                  // It has pgpool-II read the certificate again once it has been renewed.
                  command: ['run-pgpool', `${CERTIFICATE}/tls.crt`, PID_FILE],
                  args: ['-f', `${CONFIGURATION}/pgpool.conf`, '-a', `${CONFIGURATION}/pool_hba.conf`],
                  ports: [{ name: 'postgresql', containerPort: PORT }],
                  readinessProbe: probe,
                  livenessProbe: { ...probe, failureThreshold: 6 },
                  lifecycle: { preStop: { sleep: { seconds: UNLISTED_SECONDS } } },
                  resources: resources(pgpool),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'configuration', mountPath: CONFIGURATION, readOnly: true },
                    { name: 'certificate', mountPath: CERTIFICATE, readOnly: true },
                    { name: 'temporary', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                { name: 'configuration', configMap: { name: configuration.metadata.name } },
                {
                  name: 'certificate',
                  secret: {
                    secretName: authority.issue('pgpool', [this.host, `${this.host}.cluster.local`]),
                    defaultMode: 0o440,
                  },
                },
                { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
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
        metadata: { name, namespace, labels, annotations: UNAWAITED },
        spec: { selector: PODS, ports: [{ name: 'postgresql', port: PORT, targetPort: 'postgresql' }] },
      },
      child,
    )
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named('disruption-budget'),
      {
        metadata: { name, namespace, labels },
        spec: { maxUnavailable: 1, selector: { matchLabels: PODS } },
      },
      child,
    )
    this.registerOutputs({ host: this.host, port: this.port })
  }
}

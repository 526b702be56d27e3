import type * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { POOL, spread } from '../cluster/placement.ts'
import { restrictedContainer, restrictedPod } from '../pod-security.ts'
import type { Settings } from '../settings.ts'
import { cpu, memory } from '../units.ts'
import { FOLDER, PORTS } from './configuration.ts'
import { DRAIN_SECONDS } from './rollout.ts'

type PodTemplateSpec = kubernetes.types.input.core.v1.PodTemplateSpec
type Source = kubernetes.types.input.core.v1.VolumeProjection

/** Seconds until the gateway has learnt that a pod ends; it still sends requests until then. */
const UNLISTED_SECONDS = 5

/** Seconds after which pods of a lost node start elsewhere; Kubernetes' own 300 would leave a cell short for long. */
const LOST_SECONDS = 30

interface PodArgs {
  command: 'web' | 'worker'
  image: string
  size: Settings['cells']['web']
  selector: Record<string, string>
  labels: Record<string, string>
  /** Changes with the configuration, so that a change rolls the pods. */
  checksum: pulumi.Input<string>
  /** Files of {@link FOLDER}. */
  configuration: Source[]
  /** Files that `provision` finds there as well. */
  provisioning: Source[]
}

/** A pod of a cell: it provisions the cell's institutions, then runs one of the application's processes. */
export function pod(args: PodArgs): PodTemplateSpec {
  const { command, image, size, selector, labels, checksum, configuration, provisioning } = args

  const container = (name: 'web' | 'worker' | 'provision', volume: string) => ({
    name,
    image,
    workingDir: '/srv/kura',
    command: ['node', '--enable-source-maps', '--import', './app/platform/tsx.ts', 'app/main.ts'],
    args: [name],
    env: [{ name: 'KURA_CONFIG', value: FOLDER }],
    resources: {
      requests: { cpu: cpu(size.vcpu), memory: memory(size.memory) },
      limits: { cpu: cpu(size.burst), memory: memory(size.memory) },
    },
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: volume, mountPath: FOLDER, readOnly: true },
      { name: 'temporary', mountPath: '/tmp' },
    ],
  })
  const internal = (path: string) => ({ httpGet: { path, port: 'internal' }, periodSeconds: 5, timeoutSeconds: 3 })
  const ports = [{ name: 'internal', containerPort: PORTS.internal }]
  // Group-readable, for the group of the application's user.
  const projected = (sources: Source[]) => ({ defaultMode: 0o440, sources })
  const tolerate = (state: 'not-ready' | 'unreachable') => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: LOST_SECONDS,
  })

  return {
    metadata: { labels: { ...labels, ...selector }, annotations: { 'kura/configuration': checksum } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      nodeSelector: { [POOL]: 'web' },
      tolerations: [tolerate('not-ready'), tolerate('unreachable')],
      topologySpreadConstraints: spread(selector),
      terminationGracePeriodSeconds: DRAIN_SECONDS,
      securityContext: restrictedPod,
      initContainers: [container('provision', 'provisioning')],
      containers: [
        {
          ...container(command, 'configuration'),
          ports: command === 'web' ? [...ports, { name: 'web', containerPort: PORTS.web }] : ports,
          startupProbe: { ...internal('/healthz'), failureThreshold: 24 },
          livenessProbe: { ...internal('/healthz'), failureThreshold: 6 },
          readinessProbe: internal('/readyz'),
          ...(command === 'web' ? { lifecycle: { preStop: { sleep: { seconds: UNLISTED_SECONDS } } } } : {}),
        },
      ],
      volumes: [
        { name: 'configuration', projected: projected(configuration) },
        { name: 'provisioning', projected: projected([...configuration, ...provisioning]) },
        { name: 'temporary', emptyDir: { sizeLimit: '1Gi' } },
      ],
    },
  }
}

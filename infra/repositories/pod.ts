import type * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { PRIORITY } from '../cluster/classes.ts'
import { restrictedContainer } from '../pod-security.ts'
import { podOn, resources, type Size, scraped } from '../pods.ts'
import { FILES, FOLDER, PORTS } from './configuration.ts'
import { DRAIN_SECONDS, UNLISTED_SECONDS } from './rollout.ts'

type PodTemplateSpec = kubernetes.types.input.core.v1.PodTemplateSpec
type Container = kubernetes.types.input.core.v1.Container
type Source = kubernetes.types.input.core.v1.VolumeProjection

/** Where nginx finds its configuration: apart from the application's, which holds secrets. */
const NGINX_FOLDER = '/etc/nginx/kura'
export const NGINX_FILE = 'nginx.conf'

/** What all pods of a cell have in common. */
export interface CellPods {
  image: string
  labels: Record<string, string>
  /** Changes with the configuration, so that a change rolls the pods. */
  checksum: pulumi.Input<string>
  /** Files of {@link FOLDER}. */
  configuration: Source[]
  /** Files that those who make and purge institutions find there as well. */
  provisioning: Source[]
  /** nginx's own. */
  nginx: Source[]
  /** Claim of the cell's file system. */
  files: pulumi.Input<string>
}

/** The web process behind nginx. */
export function webPod(cell: CellPods, selector: Record<string, string>, size: Size, nginx: Size & { image: string }) {
  const web: Container = {
    ...served('web', cell, size),
    /*
     * A container that runs beside those that follow. Kubernetes ends these first: so nginx finishes the requests
     * under way, and the application ends when there is nobody left to ask it.
     */
    restartPolicy: 'Always',
  }
  const probe = { httpGet: { path: '/healthz', port: 'nginx' }, periodSeconds: 5, timeoutSeconds: 3 }
  const proxy: Container = {
    name: 'nginx',
    image: nginx.image,
    command: ['nginx', '-e', 'stderr', '-c', `${NGINX_FOLDER}/${NGINX_FILE}`],
    ports: [
      { name: 'web', containerPort: PORTS.web },
      { name: 'nginx', containerPort: PORTS.nginx },
    ],
    readinessProbe: probe,
    livenessProbe: { ...probe, failureThreshold: 6 },
    lifecycle: { preStop: { sleep: { seconds: UNLISTED_SECONDS } } },
    resources: resources(nginx),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: 'nginx', mountPath: NGINX_FOLDER, readOnly: true },
      { name: 'files', mountPath: FILES },
      { name: 'nginx-temporary', mountPath: '/tmp' },
    ],
  }
  return running(cell, selector, {
    initContainers: [provision(cell, size), web],
    containers: [proxy],
    volumes: [
      ...volumes(cell),
      { name: 'nginx', projected: { sources: cell.nginx } },
      { name: 'nginx-temporary', emptyDir: { sizeLimit: '128Mi' } },
    ],
  })
}

export function workerPod(cell: CellPods, selector: Record<string, string>, size: Size): PodTemplateSpec {
  return running(cell, selector, {
    initContainers: [provision(cell, size)],
    containers: [served('worker', cell, size)],
    volumes: volumes(cell),
  })
}

/** Ends when what is due has been purged. */
export function purgePod(cell: CellPods, selector: Record<string, string>, size: Size): PodTemplateSpec {
  return {
    metadata: { labels: { ...cell.labels, ...selector } },
    spec: {
      ...podOn('web', selector),
      priorityClassName: PRIORITY.batch,
      restartPolicy: 'Never',
      containers: [application('purge', cell, size, 'provisioning')],
      volumes: volumes(cell),
    },
  }
}

/** A pod that provisions the cell's institutions, then runs for as long as it may. */
function running(
  { labels, checksum }: CellPods,
  selector: Record<string, string>,
  spec: Pick<kubernetes.types.input.core.v1.PodSpec, 'containers' | 'initContainers' | 'volumes'>,
): PodTemplateSpec {
  return {
    metadata: {
      labels: { ...labels, ...selector },
      annotations: { 'kura/configuration': checksum, ...scraped(PORTS.internal) },
    },
    spec: {
      ...podOn('web', selector),
      priorityClassName: PRIORITY.cell,
      terminationGracePeriodSeconds: DRAIN_SECONDS,
      ...spec,
    },
  }
}

const provision = (cell: CellPods, size: Size) => application('provision', cell, size, 'provisioning')

/** One of the application's commands. */
function application(
  command: 'web' | 'worker' | 'provision' | 'purge',
  { image }: CellPods,
  size: Size,
  folder: 'configuration' | 'provisioning',
): Container {
  return {
    name: command,
    image,
    workingDir: '/srv/kura',
    command: ['node', '--enable-source-maps', '--import', './app/platform/tsx.ts', 'app/main.ts'],
    args: [command],
    env: [{ name: 'KURA_CONFIG', value: FOLDER }],
    resources: resources(size),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: folder, mountPath: FOLDER, readOnly: true },
      { name: 'files', mountPath: FILES },
      { name: 'temporary', mountPath: '/tmp' },
    ],
  }
}

/** One that runs until it is told to end, and says how it is. */
function served(command: 'web' | 'worker', cell: CellPods, size: Size): Container {
  const probe = (path: string) => ({ httpGet: { path, port: 'internal' }, periodSeconds: 5, timeoutSeconds: 3 })
  return {
    ...application(command, cell, size, 'configuration'),
    ports: [{ name: 'internal', containerPort: PORTS.internal }],
    startupProbe: { ...probe('/healthz'), periodSeconds: 1, failureThreshold: 120 },
    livenessProbe: { ...probe('/healthz'), failureThreshold: 6 },
    readinessProbe: probe('/readyz'),
  }
}

function volumes({ configuration, provisioning, files }: CellPods) {
  // Group-readable, for the group of the application's user.
  const projected = (sources: Source[]) => ({ defaultMode: 0o440, sources })
  return [
    { name: 'configuration', projected: projected(configuration) },
    { name: 'provisioning', projected: projected([...configuration, ...provisioning]) },
    { name: 'files', persistentVolumeClaim: { claimName: files } },
    { name: 'temporary', emptyDir: { sizeLimit: '1Gi' } },
  ]
}

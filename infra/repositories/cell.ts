import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import type { TenantFile } from '../../app/tenancy/schema.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import { GATEWAY } from '../edge/gateway.ts'
import type { Identity } from '../identity/index.ts'
import { images, reference } from '../images.ts'
import type { Settings } from '../settings.ts'
import { fileClaim } from '../storage/file-claim.ts'
import type { Files } from '../storage/files.ts'
import type { Storage } from '../storage/index.ts'
import { UNAWAITED } from '../unawaited.ts'
import { cpu, memory } from '../units.ts'
import { mounted } from './mounted.ts'
import { networkPolicies } from './network-policies.ts'
import type { Passwords } from './passwords.ts'
import { type CellPods, purgePod, webPod, workerPod } from './pod.ts'
import { cellAtMost, SURGE } from './rollout.ts'

/** Host names that one HTTPRoute takes (Gateway API, `HTTPRouteSpec.hostnames`). */
const HOSTS_PER_ROUTE = 16

/** Percent of the vCPU that its pods ask for, above which a Deployment that may grow does. */
const BUSY = 100

/** Hours after which purging is broken off: hundreds of thousands of objects. The next run ends it. */
const PURGE_HOURS = 6

/** When those are purged whose day has come, in UTC: in Japan that is four in the morning. */
const PURGES = '0 19 * * *'

interface CellArgs {
  /** The cell's name, as institutions' files write it. */
  cell: string
  tenants: TenantFile[]
  settings: Settings
  passwords: Passwords
  data: Data
  storage: Storage
  files: Files
  scanner: Identity['scanner']
}

/** A namespace with the web processes and workers of its institutions. No data lives here. */
export class Cell extends Component {
  constructor(name: string, args: CellArgs, options: pulumi.ComponentResourceOptions) {
    const { cell, tenants, settings, passwords, data, storage, files, scanner } = args
    super('kura:cluster:Cell', name, { ...options, cell })
    const { labels } = this
    const { cells, registry } = settings

    const { metadata } = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      { metadata: { name, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      { parent: this },
    )
    const namespace = metadata.name
    const named = (suffix: string) => this.named(suffix)
    const version = cells.pins[cell] ?? images.application.version
    const pods: CellPods = {
      image: reference(registry, { ...images.application, version }),
      labels,
      files: fileClaim(
        this.named('files'),
        { volume: this.named('files'), claim: 'files', namespace, labels, handle: files.of(cell).handle },
        { parent: this },
      ),
      ...mounted(named, { cell, namespace, labels, tenants, settings, passwords, data, storage, scanner }, this),
    }

    const web = selector('web')
    const nginx = { ...cells.nginx, burst: cells.web.burst, image: reference(registry, images.nginx) }
    this.#deployment('web', namespace, cells.web, webPod(pods, web, cells.web, nginx))
    this.#deployment('worker', namespace, cells.worker, workerPod(pods, selector('worker'), cells.worker))
    const purges = tenants.some(({ purge }) => purge !== undefined)
    if (purges) this.#purge(namespace, purgePod(pods, selector('purge'), cells.worker))

    const service = new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: { name: 'web', namespace, labels, annotations: UNAWAITED },
        spec: { selector: web, ports: [{ name: 'web', port: 80, targetPort: 'web' }] },
      },
      { parent: this },
    )
    this.#route(tenants, service)

    networkPolicies(named, { namespace, labels, web, data, scanner }, this)
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named('disruption-budget'),
      { metadata: { name: 'web', namespace, labels }, spec: { maxUnavailable: 1, selector: { matchLabels: web } } },
      { parent: this },
    )
    this.#limit(namespace, cellAtMost(cells, purges ? 1 : 0))
    this.registerOutputs({ namespace })
  }

  /** Processes of one kind: a fixed number, or by load where the settings name a most. */
  #deployment(
    command: 'web' | 'worker',
    namespace: pulumi.Input<string>,
    { replicas, most }: Settings['cells']['web'],
    template: kubernetes.types.input.core.v1.PodTemplateSpec,
  ) {
    const deployment = new kubernetes.apps.v1.Deployment(
      this.named(command),
      {
        metadata: { name: command, namespace, labels: { ...this.labels, ...selector(command) } },
        spec: {
          // Whoever scales it by load must not be overruled by the next deployment.
          ...(most === undefined ? { replicas } : {}),
          selector: { matchLabels: selector(command) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: SURGE, maxUnavailable: 0 } },
          template,
        },
      },
      { parent: this },
    )
    if (most === undefined) return
    new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
      this.named(`${command}-autoscaler`),
      {
        metadata: { name: command, namespace, labels: this.labels },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.metadata.name },
          minReplicas: replicas,
          maxReplicas: most,
          metrics: [
            { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: BUSY } } },
          ],
        },
      },
      { parent: this },
    )
  }

  /** Looks every day whose day has come; there only where an institution is to be purged. */
  #purge(namespace: pulumi.Input<string>, template: kubernetes.types.input.core.v1.PodTemplateSpec) {
    new kubernetes.batch.v1.CronJob(
      this.named('purge'),
      {
        metadata: { name: 'purge', namespace, labels: this.labels },
        spec: {
          schedule: PURGES,
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels: this.labels },
            spec: { backoffLimit: 3, activeDeadlineSeconds: PURGE_HOURS * 3600, template },
          },
        },
      },
      { parent: this },
    )
  }

  /** Readers' way from the gateway to the cell, for all hosts of its institutions. */
  #route(tenants: TenantFile[], service: kubernetes.core.v1.Service) {
    const hosts = tenants.flatMap((tenant) => tenant.hosts)
    for (let first = 0; first < hosts.length; first += HOSTS_PER_ROUTE) {
      const suffix = `route-${first / HOSTS_PER_ROUTE + 1}`
      new kubernetes.apiextensions.CustomResource(
        this.named(suffix),
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: suffix, namespace: service.metadata.namespace, labels: this.labels },
          spec: {
            parentRefs: [GATEWAY],
            hostnames: hosts.slice(first, first + HOSTS_PER_ROUTE),
            rules: [{ backendRefs: [{ name: service.metadata.name, port: 80 }] }],
          },
        },
        { parent: this },
      )
    }
  }

  /**
   * What the cell may use of the cluster: its pods while they roll, its one claim, no door to the outside of its own,
   * and of other objects several times what it has, so that nothing that repeats itself fills the cluster's store.
   */
  #limit(namespace: pulumi.Input<string>, most: ReturnType<typeof cellAtMost>) {
    new kubernetes.core.v1.ResourceQuota(
      this.named('quota'),
      {
        metadata: { name: 'cell', namespace, labels: this.labels },
        spec: {
          hard: {
            pods: String(most.pods),
            'requests.cpu': cpu(most.vcpu),
            'requests.memory': memory(most.memory),
            'limits.cpu': cpu(most.burst),
            'limits.memory': memory(most.memory),
            persistentvolumeclaims: '1',
            services: '4',
            'services.loadbalancers': '0',
            'services.nodeports': '0',
            'count/configmaps': '10',
            'count/secrets': '10',
            'count/jobs.batch': '10',
          },
        },
      },
      { parent: this },
    )
  }
}

const selector = (name: string) => ({ 'app.kubernetes.io/name': name })

import { createHash } from 'node:crypto'
import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import type { TenantFile } from '../../app/tenancy/schema.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import { GATEWAY } from '../edge/gateway.ts'
import type { Identity } from '../identity/index.ts'
import { images, reference } from '../images.ts'
import type { Settings } from '../settings.ts'
import type { Files } from '../storage/files.ts'
import type { Storage } from '../storage/index.ts'
import { cpu, memory } from '../units.ts'
import { AUTHORITY, cellConfig, tenantConfig } from './configuration.ts'
import { networkPolicies } from './network-policies.ts'
import type { Passwords } from './passwords.ts'
import { pod } from './pod.ts'
import { cellAtMost, SURGE } from './rollout.ts'

/** Host names that one HTTPRoute takes (Gateway API, `HTTPRouteSpec.hostnames`). */
const HOSTS_PER_ROUTE = 16

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
    const { cell, tenants, settings, passwords, data, storage } = args
    super('kura:cluster:Cell', name, { ...options, cell })
    const child = { parent: this }

    const { metadata } = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      { metadata: { name, labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      child,
    )
    const namespace = metadata.name
    const inside = (suffix: string) => ({ name: suffix, namespace, labels: this.labels })

    const files = pulumi.all([storage.stores.contents, data.database.authority]).apply(([contents, authority]) => ({
      'kura.json': json(cellConfig(cell, settings, data, contents)),
      [AUTHORITY]: authority,
      ...Object.fromEntries(tenants.map((tenant) => [`tenant.${tenant.id}.json`, json(tenantConfig(tenant))])),
    }))
    const configuration = new kubernetes.core.v1.ConfigMap(
      this.named('configuration'),
      { metadata: inside('configuration'), data: files },
      child,
    )
    const tenantPasswords = new kubernetes.core.v1.Secret(
      this.named('passwords'),
      {
        metadata: inside('passwords'),
        stringData: Object.fromEntries(tenants.map(({ id }) => [id, passwords.of(id)])),
      },
      child,
    )
    const provisioner = new kubernetes.core.v1.Secret(
      this.named('provisioner'),
      { metadata: inside('provisioner'), stringData: { password: data.database.provisionerPassword } },
      child,
    )

    const version = settings.cells.pins[cell]
    const image = reference(
      settings.registry,
      version === undefined ? images.application : { repository: images.application.repository, version },
    )
    const shared = {
      image,
      labels: this.labels,
      checksum: files.apply((content) => createHash('sha256').update(JSON.stringify(content)).digest('hex')),
      configuration: [
        {
          configMap: {
            name: configuration.metadata.name,
            items: [
              { key: 'kura.json', path: 'kura.json' },
              { key: AUTHORITY, path: AUTHORITY },
              ...tenants.map(({ id }) => ({ key: `tenant.${id}.json`, path: `tenants/${id}.json` })),
            ],
          },
        },
        {
          secret: {
            name: tenantPasswords.metadata.name,
            items: tenants.map(({ id }) => ({ key: id, path: `secrets/tenants/${id}` })),
          },
        },
      ],
      provisioning: [
        { secret: { name: provisioner.metadata.name, items: [{ key: 'password', path: 'secrets/provisioner' }] } },
      ],
    }
    const deployment = (command: 'web' | 'worker') => {
      const size = settings.cells[command]
      const selector = { 'app.kubernetes.io/name': command }
      new kubernetes.apps.v1.Deployment(
        this.named(command),
        {
          metadata: { ...inside(command), labels: { ...this.labels, ...selector } },
          spec: {
            replicas: size.replicas,
            selector: { matchLabels: selector },
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: SURGE, maxUnavailable: 0 } },
            template: pod({ ...shared, command, size, selector }),
          },
        },
        child,
      )
      return selector
    }
    const web = deployment('web')
    deployment('worker')

    const service = new kubernetes.core.v1.Service(
      this.named('service'),
      {
        metadata: inside('web'),
        spec: { selector: web, ports: [{ name: 'web', port: 80, targetPort: 'web' }] },
      },
      child,
    )
    this.#route(tenants, service)

    networkPolicies((suffix) => this.named(suffix), { namespace, labels: this.labels, web, data }, this)
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named('disruption-budget'),
      { metadata: inside('web'), spec: { maxUnavailable: 1, selector: { matchLabels: web } } },
      child,
    )
    this.#limit(settings.cells, inside('cell'))
    this.registerOutputs({ namespace })
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

  /** What the cell may use of the cluster: its pods while they roll, and no door to the outside of its own. */
  #limit(settings: Settings['cells'], metadata: kubernetes.types.input.meta.v1.ObjectMeta) {
    const most = cellAtMost(settings)
    new kubernetes.core.v1.ResourceQuota(
      this.named('quota'),
      {
        metadata,
        spec: {
          hard: {
            pods: String(most.pods),
            'requests.cpu': cpu(most.vcpu),
            'requests.memory': memory(most.memory),
            'limits.cpu': cpu(most.burst),
            'limits.memory': memory(most.memory),
            'services.loadbalancers': '0',
            'services.nodeports': '0',
          },
        },
      },
      { parent: this },
    )
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

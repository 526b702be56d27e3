import * as kubernetes from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import type { TenantFile } from '../../app/tenancy/schema.ts'
import { checksum } from '../checksum.ts'
import type { Data } from '../data/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Settings } from '../settings.ts'
import type { Storage } from '../storage/index.ts'
import { AUTHORITY, cellConfig, tenantConfig } from './configuration.ts'
import { nginxConfiguration } from './nginx.ts'
import type { Passwords } from './passwords.ts'
import { type CellPods, NGINX_FILE } from './pod.ts'

interface MountedArgs {
  cell: string
  namespace: pulumi.Input<string>
  labels: Record<string, string>
  tenants: TenantFile[]
  settings: Settings
  passwords: Passwords
  data: Data
  storage: Storage
  scanner: Identity['scanner']
}

/**
 * What a cell's pods mount: a ConfigMap and a Secret, of which each container gets what is its own.
 *
 * @param named gives the names of the two resources.
 */
export function mounted(
  named: (suffix: string) => string,
  { cell, namespace, labels, tenants, settings, passwords, data, storage, scanner }: MountedArgs,
  parent: pulumi.Resource,
): Pick<CellPods, 'checksum' | 'configuration' | 'provisioning' | 'nginx'> {
  const { search, queue, cache, database } = data
  const objects = storage.keys.contents
  const contents = pulumi.output(storage.stores.contents)
  // File by file: a preview then shows, and rules read, all that is known before the certificate is made.
  const content = {
    'kura.json': contents.apply((store) => json(cellConfig(cell, settings, data, store, scanner))),
    [AUTHORITY]: database.authority,
    [NGINX_FILE]: contents.apply(({ endpoint }) =>
      nginxConfiguration({
        upload: Math.max(...tenants.map(({ limits }) => limits.upload)),
        objects: endpoint,
        trusted: [settings.network.addresses],
        vcpu: settings.cells.web.burst,
      }),
    ),
    ...Object.fromEntries(tenants.map((tenant) => [`tenant.${tenant.id}.json`, json(tenantConfig(tenant))])),
  }
  const configMap = new kubernetes.core.v1.ConfigMap(
    named('configuration'),
    { metadata: { name: 'configuration', namespace, labels }, data: content },
    { parent },
  )
  /** Keys of the Secret, and where the application looks for them. */
  const secrets: Record<string, { path: string; value: pulumi.Input<string> }> = {
    search: { path: 'secrets/search', value: search.password },
    queue: { path: 'secrets/queue', value: queue.password },
    cache: { path: 'secrets/cache', value: cache.password },
    'objects.id': { path: 'secrets/objects/id', value: objects.id },
    'objects.secret': { path: 'secrets/objects/secret', value: objects.secret },
    ...Object.fromEntries(
      tenants.map(({ id }) => [`tenant.${id}`, { path: `secrets/tenants/${id}`, value: passwords.of(id) }]),
    ),
  }
  const PROVISIONER = 'provisioner'
  const secret = new kubernetes.core.v1.Secret(
    named('secrets'),
    {
      metadata: { name: 'secrets', namespace, labels },
      stringData: {
        ...Object.fromEntries(Object.entries(secrets).map(([key, { value }]) => [key, value])),
        [PROVISIONER]: database.provisionerPassword,
      },
    },
    { parent },
  )

  const fromConfigMap = (items: { key: string; path: string }[]) => ({
    configMap: { name: configMap.metadata.name, items },
  })
  const fromSecret = (items: { key: string; path: string }[]) => ({ secret: { name: secret.metadata.name, items } })
  const same = (key: string) => ({ key, path: key })
  return {
    checksum: checksum(content),
    configuration: [
      fromConfigMap([
        ...['kura.json', AUTHORITY].map(same),
        ...tenants.map(({ id }) => ({ key: `tenant.${id}.json`, path: `tenants/${id}.json` })),
      ]),
      fromSecret(Object.entries(secrets).map(([key, { path }]) => ({ key, path }))),
    ],
    provisioning: [fromSecret([{ key: PROVISIONER, path: 'secrets/provisioner' }])],
    nginx: [fromConfigMap([same(NGINX_FILE)])],
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

import type { z } from 'zod'
import type { CellConfig } from '../../app/config.ts'
import type { TenantConfig, TenantFile } from '../../app/tenancy/schema.ts'
import type { Data } from '../data/index.ts'
import type { Settings } from '../settings.ts'
import type { ObjectStore } from '../storage/index.ts'

/** Where the pods mount their configuration, in the layout that `app/config.ts` reads. */
export const FOLDER = '/etc/kura'

/** The certificate authority of the data services, below {@link FOLDER}. */
export const AUTHORITY = 'authority.crt'

export const PORTS = { web: 8080, internal: 9090 }

/** `kura.json` of a cell. */
export function cellConfig(
  cell: string,
  settings: Pick<Settings, 'cells'>,
  {
    database: { host, port, provisioner, control },
    search,
    queue,
    cache,
  }: Pick<Data, 'database' | 'search' | 'queue' | 'cache'>,
  contents: ObjectStore,
): z.input<typeof CellConfig> {
  const { connections, sweep } = settings.cells
  return {
    cell,
    database: { host, port, tls: true, ca: `${FOLDER}/${AUTHORITY}`, provisioner, control, connections },
    search: { kind: 'elasticsearch', url: search.url },
    queue: { kind: 'rabbitmq', url: queue.url },
    objects: { kind: 's3', ...contents },
    cache: { kind: 'redis', url: cache.url },
    web: { port: PORTS.web },
    internal: { port: PORTS.internal },
    worker: { sweep },
  }
}

/** `tenants/<id>.json`: the institution's file, and the address that follows from its first host. */
export function tenantConfig(tenant: TenantFile): TenantConfig {
  return { ...tenant, url: `https://${tenant.hosts[0]}` }
}

import type { z } from 'zod'
import type { CellConfig } from '../../app/config.ts'
import type { TenantConfig, TenantFile } from '../../app/tenancy/schema.ts'
import type { Data, Service } from '../data/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Settings } from '../settings.ts'
import type { ObjectStore } from '../storage/index.ts'

/** Where the pods mount their configuration, in the layout that `app/config.ts` reads. */
export const FOLDER = '/etc/kura'

/** Where they mount the cell's file system. */
export const FILES = '/var/lib/kura'

/** The certificate authority of the data services, below {@link FOLDER}. */
export const AUTHORITY = 'authority.crt'

/** `web` is nginx's, which alone reaches the application; `internal` the application's health and metrics. */
export const PORTS = { web: 8080, application: 8081, internal: 9090, nginx: 9091 }

/** Path at which nginx fetches objects for the application, and answers nobody else. */
export const DOWNLOADS = '/_objects'

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
  scanner: Identity['scanner'],
): z.input<typeof CellConfig> {
  const { connections, passwords, sweep, rates } = settings.cells
  const ca = `${FOLDER}/${AUTHORITY}`
  // By turns: the login before keeps its password while the pods that use it drain.
  const login = passwords % 2 === 1 ? 'a' : 'b'
  const remote = ({ url, user }: Pick<Service, 'url' | 'user'>) => ({ url, user, ca })
  return {
    cell,
    database: { host, port, tls: true, ca, provisioner, control, login, connections },
    search: { kind: 'elasticsearch', ...remote(search) },
    queue: { kind: 'rabbitmq', ...remote(queue) },
    objects: { kind: 's3', ...contents, downloads: DOWNLOADS },
    cache: { kind: 'redis', ...remote(cache) },
    scanner: { kind: 'clamd', host: scanner.host, port: scanner.port, largest: scanner.largest },
    scratch: FILES,
    // nginx stands before it, and says whose a request is.
    web: { port: PORTS.application, addresses: ['127.0.0.1'], proxies: 1, rates },
    internal: { port: PORTS.internal },
    worker: { sweep },
  }
}

/**
 * `tenants/<id>.json`: of the institution's file what the application needs, so that what concerns the edge alone
 * rolls no cell, and the address that follows from its first host.
 */
export function tenantConfig({ group: _, ...tenant }: TenantFile): TenantConfig {
  return { ...tenant, url: `https://${tenant.hosts[0]}` }
}

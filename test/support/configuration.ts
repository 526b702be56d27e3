import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CellConfig } from '../../app/config.ts'
import type { TenantConfig } from '../../app/tenancy/schema.ts'

/** What the platform's PostgreSQL operator makes for the application in tests. */
export const PROVISIONER = 'kura_provisioner'
export const CONTROL = 'kura'
export const PROVISIONER_PASSWORD = 'provisioner-of-tests'

const MANY = 1_000_000

/** A PostgreSQL, as its superuser reaches it; over TLS, where it names an authority's file. */
export interface DatabaseServer {
  host: string
  port: number
  superuser: string
  password: string
  ca?: string
}

/** Services that are not the embedded ones, with the files that their credentials are in. */
export interface Services {
  config: Partial<Pick<CellConfig, 'search' | 'queue' | 'objects' | 'cache' | 'scanner'>>
  /** By name below `secrets`. */
  secrets: Record<string, string>
  /** Instead of the PostgreSQL that all test files share. */
  database?: DatabaseServer
}

interface Cell {
  ids: string[]
  database: Pick<DatabaseServer, 'host' | 'port' | 'ca'>
  services: Services
  /** What is otherwise than tests have it. */
  change?: Partial<Pick<CellConfig, 'scratch' | 'internal' | 'worker'>> & { web?: Partial<CellConfig['web']> }
  changeTenant?: (tenant: TenantConfig) => Partial<TenantConfig>
}

/** Writes the configuration of a cell as its pods mount it: for tests, on this machine. */
export async function writeConfiguration(
  folder: string,
  { ids, database, services, change = {}, changeTenant = () => ({}) }: Cell,
): Promise<void> {
  const config: CellConfig = {
    cell: 'test',
    database: {
      host: database.host,
      port: database.port,
      tls: database.ca !== undefined,
      ...(database.ca !== undefined && { ca: database.ca }),
      provisioner: PROVISIONER,
      control: CONTROL,
      login: 'a',
      connections: 20,
    },
    search: { kind: 'postgresql' },
    queue: { kind: 'outbox' },
    objects: { kind: 'folder', path: join(folder, 'objects') },
    cache: { kind: 'memory' },
    scanner: { kind: 'none' },
    ...services.config,
    scratch: join(folder, 'scratch'),
    internal: { port: 2, addresses: ['127.0.0.1'] },
    worker: { sweep: 60 },
    ...change,
    // Tests ask as fast as they can, and all of them from one address.
    web: {
      port: 1,
      addresses: ['127.0.0.1'],
      proxies: 0,
      rates: { reads: MANY, searches: MANY, writes: MANY },
      ...change.web,
    },
  }
  await mkdir(join(folder, 'tenants'), { recursive: true })
  await mkdir(join(folder, 'secrets/tenants'), { recursive: true })
  await writeFile(join(folder, 'kura.json'), JSON.stringify(config))
  await writeFile(join(folder, 'secrets/provisioner'), PROVISIONER_PASSWORD)
  for (const [name, secret] of Object.entries(services.secrets)) {
    const file = join(folder, 'secrets', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, secret)
  }
  for (const id of ids) {
    const tenant: TenantConfig = {
      id,
      hosts: [`${id}.example`],
      url: `https://${id}.example`,
      cell: 'test',
      state: 'open',
      timeZone: 'Asia/Tokyo',
      limits: { storage: 1, upload: 1, connections: 4 },
      initial: {
        name: { ja: `${id}大学`, en: `${id} University` },
        languages: ['ja', 'en'],
        colour: '#1a5276',
        contact: `library@${id}.example`,
        links: [],
      },
    }
    await writeFile(join(folder, `tenants/${id}.json`), JSON.stringify({ ...tenant, ...changeTenant(tenant) }))
    await writeFile(join(folder, `secrets/tenants/${id}`), `password-of-${id}`)
  }
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { CellConfig } from '../../app/config.ts'
import { TenantConfig } from '../../app/tenancy/schema.ts'
import { LOOPBACK } from './ports.ts'

/** What stands in for the cloud's services on this machine. */
export interface Embedded {
  /** Over loopback it needs no TLS. */
  database: Pick<CellConfig['database'], 'host' | 'port' | 'tls' | 'ca'>
  services: Pick<CellConfig, 'search' | 'queue' | 'objects' | 'cache' | 'scanner'>
  /** Folder for what can be lost. */
  scratch: string
  /** Port of institutions' addresses. */
  port: number
  /** Where the web process listens: there, or behind proxies. */
  web: Pick<CellConfig['web'], 'port' | 'proxies'>
  internal: number
}

/** The services that need nothing but a process and a folder, in which institutions' files are. */
export const embedded = (objects: string): Embedded['services'] => ({
  search: { kind: 'postgresql' },
  queue: { kind: 'outbox' },
  objects: { kind: 'folder', path: objects },
  cache: { kind: 'memory' },
  scanner: { kind: 'none' },
})

/**
 * Changes a mounted configuration to what a single machine has, and nothing else of it: the services by their embedded
 * counterparts, the ports by free ones, and institutions' hosts by names that lead to this machine.
 */
export function embed(folder: string, { database, services, scratch, port, web, internal }: Embedded): void {
  rewrite(
    CellConfig,
    join(folder, 'kura.json'),
    (config): CellConfig => ({
      ...config,
      // Passwords and roles stay as declared.
      database: { ...config.database, ca: undefined, ...database },
      ...services,
      scratch,
      web: { ...config.web, ...web, addresses: LOOPBACK },
      internal: { port: internal, addresses: LOOPBACK },
    }),
  )
  const tenants = join(folder, 'tenants')
  for (const file of readdirSync(tenants))
    rewrite(
      TenantConfig,
      join(tenants, file),
      (tenant): TenantConfig => ({
        ...tenant,
        hosts: [`${tenant.id}.localhost`],
        url: `http://${tenant.id}.localhost:${port}`,
      }),
    )
}

function rewrite<T>(schema: z.ZodType<T>, file: string, change: (value: T) => T) {
  writeFileSync(file, JSON.stringify(change(schema.parse(JSON.parse(readFileSync(file, 'utf8')))), null, 2))
}

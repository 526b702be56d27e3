import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { CellConfig } from '../../app/config.ts'
import { TenantConfig } from '../../app/tenancy/schema.ts'
import { LOOPBACK } from './ports.ts'

/** What stands in for the cloud's services on this machine. */
export interface Embedded {
  /** Reached over loopback, so without TLS, unless it is said otherwise. */
  database: Pick<CellConfig['database'], 'host' | 'port'> & Partial<Pick<CellConfig['database'], 'tls' | 'ca'>>
  /** Folder of institutions' files. */
  objects: string
  /** Folder for what can be lost. */
  scratch: string
  web: number
  internal: number
}

/**
 * Changes a mounted configuration to what a single machine has, and nothing else of it: the services by their embedded
 * counterparts, the ports by free ones, and institutions' hosts by names that lead to this machine.
 */
export function embed(folder: string, { database, objects, scratch, web, internal }: Embedded): void {
  rewrite(
    CellConfig,
    join(folder, 'kura.json'),
    (config): CellConfig => ({
      ...config,
      // Passwords and roles stay as declared.
      database: { ...config.database, tls: false, ca: undefined, ...database },
      search: { kind: 'postgresql' },
      queue: { kind: 'outbox' },
      objects: { kind: 'folder', path: objects },
      cache: { kind: 'memory' },
      scratch,
      web: { ...config.web, port: web, addresses: LOOPBACK, proxies: 0 },
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
        url: `http://${tenant.id}.localhost:${web}`,
      }),
    )
}

function rewrite<T>(schema: z.ZodType<T>, file: string, change: (value: T) => T) {
  writeFileSync(file, JSON.stringify(change(schema.parse(JSON.parse(readFileSync(file, 'utf8')))), null, 2))
}

import type { Config } from '../config.ts'
import { openTenant, type Tenant, type TenantParts } from './tenant.ts'

/** The institutions of a process, by host and by id. */
export interface Directory {
  readonly tenants: readonly Tenant[]
  byId(id: string): Tenant | undefined
  /** The institution that a host name belongs to, and whether it is the canonical one. */
  byHost(host: string): { tenant: Tenant; canonical: boolean } | undefined
}

export function openDirectory(config: Pick<Config, 'tenants'>, parts: TenantParts): Directory {
  const ids = new Map<string, Tenant>()
  const hosts = new Map<string, { tenant: Tenant; canonical: boolean }>()
  for (const configured of config.tenants) {
    const tenant = openTenant(configured, parts)
    ids.set(configured.id, tenant)
    configured.hosts.forEach((host, index) => {
      hosts.set(host, { tenant, canonical: index === 0 })
    })
  }
  return { tenants: [...ids.values()], byId: (id) => ids.get(id), byHost: (host) => hosts.get(host) }
}

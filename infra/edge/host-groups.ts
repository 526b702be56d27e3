import type { TenantFile } from '../../app/tenancy/schema.ts'
import type { Settings } from '../settings.ts'

/** Host names that one load balancer serves by one certificate. */
export interface HostGroup {
  /** 0 is the platform's own domain, by a wildcard; others are numbered by institutions' files (`group`). */
  number: number
  hosts: string[]
}

/** Sorts institutions' hosts to the load balancers that serve them. */
export function hostGroups(tenants: TenantFile[], _settings: Pick<Settings, 'zone'>): HostGroup[] {
  // STUB
  return [{ number: 0, hosts: tenants.flatMap(({ hosts }) => hosts) }]
}

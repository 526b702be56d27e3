import type { Actor } from './accounts/index.ts'
import type { Log } from './platform/logs.ts'
import type { Tenant } from './tenancy/index.ts'

/** What every request of an institution carries, once the first middleware has run. */
export interface Env {
  Variables: {
    tenant: Tenant
    actor: Actor
    log: Log
    requestId: string
  }
}

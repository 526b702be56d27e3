import type { Actor } from './accounts/index.ts'
import type { Log } from './platform/logs.ts'
import type { Tenant } from './tenancy/index.ts'

/** What every request of an institution carries, once the first middleware has run. */
export interface Env {
  Variables: {
    tenant: Tenant
    /** Who asks, as far as an address tells: what is limited by client is counted by it. Not to be logged. */
    client: string
    actor: Actor
    log: Log
    requestId: string
  }
}

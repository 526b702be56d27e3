import { isbot } from 'isbot'
import type { Tenant } from '../tenancy/index.ts'
import type { Use } from './counter.ts'

export { createUseCounter } from './counter.ts'
export { mostRead } from './most-read.ts'

/** How often an item was looked at, and files of it fetched, since it came here; as of some seconds ago. */
export interface Uses {
  views: number
  downloads: number
}

/**
 * Counts a look at an item, or a download of a file of it, unless a program asked. It costs the request nothing. To be
 * called for GET by nobody known: whoever has a token works here.
 */
export function countUse(tenant: Tenant, { userAgent, ...use }: Use & { userAgent: string | undefined }): void {
  // Every browser says what it is.
  if (!userAgent || isbot(userAgent)) return
  tenant.noteUse(use)
}

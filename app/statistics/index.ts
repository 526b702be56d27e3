import type { ItemSummary } from '../items/summary.ts'
import type { Tenant } from '../tenancy/index.ts'

/** How often an item was looked at, and files of it fetched, since it came here. */
export interface Uses {
  views: number
  downloads: number
}

/** Notes a look at an item, or a download of a file of it, unless a program asked. It costs the request nothing. */
export function countUse(
  _tenant: Tenant,
  _use: { kind: 'view' | 'download'; item: number; userAgent: string | undefined },
): void {}

export async function usesOf(_tenant: Tenant, _item: number): Promise<Uses> {
  return { views: 0, downloads: 0 }
}

/** Public items that were used most in the last thirty days, the most used first. */
export async function mostRead(_tenant: Tenant, _size: number): Promise<(ItemSummary & Uses)[]> {
  return []
}

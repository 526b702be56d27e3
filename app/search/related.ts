import type { ItemSummary } from '../items/summary.ts'
import type { Record } from '../records/model.ts'
import type { Tenant } from '../tenancy/index.ts'
import { namesIn } from './document.ts'

/** Public items that share creators or subjects with a work, those that share most first. */
export async function related(
  tenant: Tenant,
  { number, record }: { number: number; record: Record },
  size: number,
): Promise<ItemSummary[]> {
  return await tenant.search.alike({ item: number, values: namesIn(record), statuses: ['public'], size })
}

import type { ItemSummary } from '../items/summary.ts'
import type { Record } from '../records/model.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Public items that share creators or subjects with a work, those that share most first. */
export async function related(
  _tenant: Tenant,
  _work: { number: number; record: Record },
  _size: number,
): Promise<ItemSummary[]> {
  return []
}

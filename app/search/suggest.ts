import type { Actor } from '../accounts/index.ts'
import { readableStatuses } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Suggestions } from './port.ts'
import { stillSeen } from './still-seen.ts'

/** Characters of what was typed that are looked at. */
const LONGEST = 100

/** What an actor may be about to type. Nothing is there where the institution's index makes no suggestions. */
export async function suggest(
  tenant: Tenant,
  actor: Actor,
  typed: string,
  size: number,
): Promise<Suggestions | undefined> {
  const beginning = typed.trim().slice(0, LONGEST).toWellFormed()
  const found = await tenant.search.suggest?.({ typed: beginning, statuses: readableStatuses(actor), size })
  return found && { ...found, items: await stillSeen(tenant, actor, found.items) }
}

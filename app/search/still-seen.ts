import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import { openTexts } from '../fulltext/index.ts'
import { readableStatuses } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { SearchResult } from './port.ts'

/**
 * The index follows the database, and may be behind it. What an actor may not see any more goes at once all the same:
 * items that have been withdrawn, and what a file says that has been closed.
 */
export async function stillSeen(tenant: Tenant, actor: Actor, results: SearchResult[]): Promise<SearchResult[]> {
  if (results.length === 0) return results
  const numbers = results.map(({ number }) => number)
  const { rows } = await sql<{ number: number }>`
    select number from item
    where number = any (${numbers}) and status = any (${readableStatuses(actor)})`.execute(tenant.db)
  const readable = new Set(rows.map(({ number }) => number))
  const quoted = results.flatMap(({ number, file }) => (file === undefined ? [] : [number]))
  const open = quoted.length > 0 ? await openTexts(tenant, quoted) : new Map<number, string[]>()
  return results
    .filter(({ number }) => readable.has(number))
    .map(({ file, snippet, ...result }) =>
      snippet && (file === undefined || open.get(result.number)?.includes(file)) ? { ...result, snippet } : result,
    )
}

import { sql } from 'kysely'
import { PRESENT, presentOf } from '../items/index.ts'
import type { ItemSummary } from '../items/summary.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Uses } from './index.ts'

/** Days that are looked back upon, today among them. */
const DAYS = 30
/** Items that are ranked: more than a list shows, so that it stays full when some of them are withdrawn. */
const RANKED = 60
/** How many times as long as it took to make a ranking is kept: making it costs a thousandth of the time. */
const KEPT = 1_000
/** Milliseconds for which it is kept at most. */
const KEPT_MOST = 3_600_000

type Ranked = Uses & { item: number }

const rankings = new WeakMap<Tenant, { value: Promise<Ranked[]>; until: number }>()

/**
 * Public items that were used most in the last thirty days, the most used first, with the uses of these days. The ranking
 * follows within seconds, where there is much to count within minutes; what is not public any more is gone at once.
 *
 * @param size 60 at most
 */
export async function mostRead(tenant: Tenant, size: number): Promise<(ItemSummary & Uses)[]> {
  const ranking = await rankingOf(tenant)
  if (ranking.length === 0) return []
  const numbers = ranking.map(({ item }) => item)
  const query = tenant.db
    .selectFrom('item')
    .select(PRESENT)
    .where('number', 'in', numbers)
    .where('status', '=', 'public')
    .orderBy(sql`array_position(${numbers}::integer[], number)`)
    .limit(size)
  const rows = await query.execute()
  const usesOf = new Map(ranking.map(({ item, ...uses }) => [item, uses]))
  return rows.map((row) => ({ ...presentOf(row).summary, ...(usesOf.get(row.number) as Uses) }))
}

/** The ranking that is kept. Once its time is over it still serves until the next has been made. */
async function rankingOf(tenant: Tenant): Promise<Ranked[]> {
  const kept = rankings.get(tenant)
  if (kept && kept.until > performance.now()) return await kept.value
  const began = performance.now()
  const value = rank(tenant)
  rankings.set(tenant, { value: kept?.value ?? value, until: Number.POSITIVE_INFINITY })
  value.then(
    () => {
      const now = performance.now()
      rankings.set(tenant, { value, until: now + Math.min(KEPT * (now - began), KEPT_MOST) })
    },
    () => rankings.delete(tenant),
  )
  return await (kept?.value ?? value)
}

async function rank(tenant: Tenant): Promise<Ranked[]> {
  const { rows } = await sql<Ranked>`
    select item, sum(views)::integer as views, sum(downloads)::integer as downloads
    from item_use_day where day > ${tenant.today()}::date - ${sql.lit(DAYS)}
    group by item order by sum(views) + sum(downloads) desc, item desc limit ${sql.lit(RANKED)}`.execute(tenant.db)
  return rows
}

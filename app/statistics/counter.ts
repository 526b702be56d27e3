import { type RawBuilder, sql } from 'kysely'
import type { Log } from '../platform/logs.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Milliseconds after which a use that was noted is written, with all that have been noted since: a kill loses these. */
const LATER = 5_000
/** Items of which uses are noted at a time: what comes beyond, while nothing can be written, is not counted. */
const NOTED = 10_000

/** A look at an item's page, or a download of a file of it. */
export interface Use {
  kind: 'view' | 'download'
  item: number
}

interface Noted {
  item: number
  day: string
  views: number
  downloads: number
}

export interface UseCounter {
  note(tenant: Tenant, use: Use): void
  /** Writes what has been noted now, and waits for what is being written. */
  write(): Promise<void>
}

/** Counts uses in memory and writes them together: a request waits for no row. Nothing stays of institutions at rest. */
export function createUseCounter(log: Log): UseCounter {
  const noted = new Map<Tenant, Map<string, Noted>>()
  const writing = new Set<Promise<void>>()

  const add = (tenant: Tenant, { item, day, views, downloads }: Noted) => {
    const uses = noted.get(tenant) ?? new Map<string, Noted>()
    if (!noted.has(tenant)) {
      noted.set(tenant, uses)
      setTimeout(() => write(tenant), LATER).unref()
    }
    const key = `${item} ${day}`
    const before = uses.get(key)
    if (!before && uses.size >= NOTED) return
    uses.set(key, {
      item,
      day,
      views: views + (before?.views ?? 0),
      downloads: downloads + (before?.downloads ?? 0),
    })
  }

  const write = (tenant: Tenant) => {
    const uses = noted.get(tenant)
    if (!uses) return
    noted.delete(tenant)
    const written = store(tenant, [...uses.values()])
      .catch((err) => {
        log.warn({ tenant: tenant.id, err }, 'uses could not be counted, and will be tried again')
        for (const use of uses.values()) add(tenant, use)
      })
      .finally(() => writing.delete(written))
    writing.add(written)
  }

  return {
    note(tenant, { kind, item }) {
      add(tenant, { item, day: tenant.today(), views: Number(kind === 'view'), downloads: Number(kind === 'download') })
    },
    async write() {
      for (const tenant of noted.keys()) write(tenant)
      await Promise.all(writing)
    },
  }
}

/** Adds to the counts, in one statement. In the order of items: two processes that wait for each other would never end. */
async function store({ db }: Tenant, uses: Noted[]): Promise<void> {
  const into = (table: 'item_use' | 'item_use_day', keys: string[]): RawBuilder<unknown> => {
    const key = sql.join(keys.map((column) => sql.ref(column)))
    return sql`
      insert into ${sql.table(table)} as counted (${key}, views, downloads)
      select ${key}, sum(views), sum(downloads) from noted group by ${key} order by ${key}
      on conflict (${key}) do update
      set views = counted.views + excluded.views, downloads = counted.downloads + excluded.downloads`
  }
  await sql`
    with noted as materialized (
      select uses.* from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb)
        as uses (item integer, day date, views integer, downloads integer)
      join item on number = uses.item
    ),
    days as (${into('item_use_day', ['item', 'day'])})
    ${into('item_use', ['item'])}`.execute(db)
}

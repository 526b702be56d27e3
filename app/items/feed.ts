import { sql } from 'kysely'
import { anonymous } from '../accounts/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Dissemination } from './dissemination.ts'
import { FEED_LOCK } from './publish.ts'
import { disseminateAll, snapshot } from './read-many.ts'

/** How long a reader waits for the feed's lock before it does without. */
const WAIT = '10ms'
/** Bytes of records' JSON that are read at a time: one of them may be as large as a hundred others. */
const MOST_STORED = 5_000_000
/** Earlier than whatever a feed may come to say, where it says nothing yet. */
const BEGINNING = new Date(0)

/** What harvesters get to know of an item. */
export interface FeedEntry {
  /** Its place in the feed: a change moves the item to the end. */
  seq: number
  item: number
  identifier: string
  datestamp: Date
  sets: string[]
  /** What the public may see of it; nothing if harvesters do not get it any more. */
  live: boolean
}

export interface FeedRange {
  /** Only what comes after this place. */
  after?: number | undefined
  /** Moments: the first that counts, and the first that does not any more. */
  from?: Date | undefined
  before?: Date | undefined
  set?: string | undefined
}

interface FeedPage {
  entries: FeedEntry[]
  /** Whether the feed has more in this range. */
  more: boolean
}

/**
 * A moment before which nothing is published any more: whoever reads the feed now, and next time from this moment,
 * misses nothing. It is the present where no publication is under way; where one does not end at once, or a restoration
 * is under way, the datestamp of the last that has, because later ones are never earlier.
 */
export async function feedMoment({ db }: Tenant): Promise<Date> {
  try {
    // One statement: the server lets go of the lock by itself, however long this process takes to read the answer. What
    // is restored keeps the datestamps of its former home as far as it can.
    const { rows } = await sql<{ now: Date | null }>`
      with bounded as materialized (select set_config('lock_timeout', ${WAIT}, true)),
      locked as materialized (select pg_advisory_xact_lock_shared(${FEED_LOCK}) from bounded)
      select case when not exists (select from restoration) then clock_timestamp()
                  else (select datestamp from publication order by seq desc limit 1) end as now
      from locked`.execute(db)
    return rows[0]?.now ?? BEGINNING
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error
    const { rows } = await sql<{ datestamp: Date }>`
      select datestamp from publication order by seq desc limit 1`.execute(db)
    return rows[0]?.datestamp ?? BEGINNING
  }
}

/** PostgreSQL's SQLSTATE (Appendix A of its manual). */
const LOCK_NOT_AVAILABLE = '55P03'

/** A datestamp that none in the feed is earlier than. */
export async function earliestDatestamp({ db }: Tenant): Promise<Date> {
  const { rows } = await sql<{ datestamp: Date }>`
    select datestamp from publication where harvested <> 'never' order by seq limit 1`.execute(db)
  return rows[0]?.datestamp ?? BEGINNING
}

/** A page of the feed in its order: each costs the same, wherever it lies. */
export const readFeed = (tenant: Tenant, range: FeedRange, size: number): Promise<FeedPage> =>
  snapshot(tenant, (tx) => entriesIn(tx, range, size))

/** The same with what the public may see of each item that harvesters get, in four statements however many they are. */
export const readFeedItems = (
  tenant: Tenant,
  range: FeedRange,
  size: number,
): Promise<FeedPage & { items: Map<number, Dissemination> }> =>
  snapshot(tenant, async (tx) => {
    const page = await entriesIn(tx, range, size, MOST_STORED)
    return { ...page, items: await disseminateLive(tx, tenant, page.entries) }
  })

/** The item of an OAI identifier, if harvesters may know of it, and what the public may see of it. */
export const findInFeed = (
  tenant: Tenant,
  identifier: string,
): Promise<{ entry: FeedEntry; item: Dissemination | undefined } | undefined> =>
  snapshot(tenant, async (tx) => {
    const { rows } = await sql<FeedEntry>`
      select ${ENTRY} from publication join item on item.number = publication.item
      where item.oai_identifier = ${identifier} and publication.harvested <> 'never'`.execute(tx)
    const [entry] = rows
    if (!entry) return undefined
    return { entry, item: (await disseminateLive(tx, tenant, [entry])).get(entry.item) }
  })

const ENTRY = sql`
  publication.seq, publication.item, item.oai_identifier as identifier, publication.datestamp, publication.sets,
  publication.state = 'public' and publication.harvested = 'now' as live`

async function entriesIn(tx: Tx, { after = 0, from, before, set }: FeedRange, size: number, mostStored = Infinity) {
  // Places and datestamps are in one order, so a bound in time is a place: nothing is read to be passed over.
  const lastBefore = (moment: Date) =>
    sql`coalesce((select seq from publication where datestamp < to_timestamp(${moment.getTime() / 1000})
                  order by datestamp desc, seq desc limit 1), 0)`
  // The places are chosen before anything is joined: without statistics PostgreSQL would join the whole of a set.
  const { rows } = await sql<FeedEntry & { stored: number }>`
    with page as materialized (
      select seq, item
      from ${set === undefined ? sql`publication` : sql`publication_set`}
      where ${set === undefined ? sql`harvested <> 'never'` : sql`set = ${set}`} and seq > ${after}
        ${from === undefined ? sql`` : sql`and seq > ${lastBefore(from)}`}
        ${before === undefined ? sql`` : sql`and seq <= ${lastBefore(before)}`}
      order by seq limit ${size + 1}
    )
    select ${ENTRY}, ${mostStored === Infinity ? sql`0` : sql`octet_length(item.record::text)`} as stored
    from page join publication on publication.item = page.item join item on item.number = page.item
    order by publication.seq`.execute(tx)
  let bytes = 0
  const fits = rows.findIndex(({ stored }, index) => {
    bytes += stored
    return index === size || (index > 0 && bytes > mostStored)
  })
  return { entries: fits === -1 ? rows : rows.slice(0, fits), more: fits !== -1 }
}

const disseminateLive = (tx: Tx, tenant: Tenant, entries: FeedEntry[]): Promise<Map<number, Dissemination>> =>
  disseminateAll(
    tx,
    tenant,
    anonymous,
    entries.filter(({ live }) => live).map(({ item }) => item),
  )

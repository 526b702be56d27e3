import { sql } from 'kysely'
import type { Database, ScanState } from '../platform/database/index.ts'
import type { Log } from '../platform/logs.ts'
import { ObjectMissing } from '../ports/objects/port.ts'
import type { Verdict } from '../ports/scanner/port.ts'
import type { Tenant } from '../tenancy/index.ts'
import { type Turn, turnContents } from './turn.ts'

/** Seconds for which files of a restoration are left alone before it is looked again whether it is over. */
const RESTORING = 60

interface Contents {
  sha256: Buffer
  object: string
  size: number
}

/**
 * Has the next contents of an item looked at that are due, and leaves the rest of them in the outbox: each are a piece
 * of work of their own. Those that wait come first, in no order: one that cannot be read or ends the scanner keeps no
 * other from its turn for long. While there is no verdict, they go on waiting.
 */
export function scanFiles(log: Log) {
  return async (tenant: Tenant, items: number[], stop: AbortSignal): Promise<void> => {
    if (await isRestoring(tenant)) {
      await leaveScans(tenant.db, items, RESTORING)
      return
    }
    for (const item of items) {
      const [contents, next] = await dueContents(tenant, item)
      if (!contents) continue
      const began = performance.now()
      const verdict = await look(tenant, contents, stop)
      await tenant.db.transaction().execute(async (tx) => {
        if (next) await leaveScans(tx, [item])
        if (verdict) await turnContents(tx, contents.sha256, (before) => turnOf(before, verdict))
      })
      if (verdict) {
        const ms = Math.round(performance.now() - began)
        const said = {
          tenant: tenant.id,
          item,
          sha256: contents.sha256.toString('hex'),
          bytes: contents.size,
          ...verdict,
          ms,
        }
        log[verdict.state === 'infected' ? 'warn' : 'info'](said, 'contents of a file')
      }
      tenant.handOn()
    }
  }
}

const leaveScans = (db: Pick<Database, 'getExecutor'>, items: number[], seconds = 0) =>
  sql`
    insert into outbox (work, item, revision, due)
    select 'scan', number, revision, now() + make_interval(secs => ${seconds}) from item where number = any (${items})`.execute(
    db,
  )

/** A verdict is a publication: it would come between those whose places in the feed a restoration keeps. */
async function isRestoring({ db }: Tenant): Promise<boolean> {
  const { rows } = await sql`/*NO LOAD BALANCE*/ select from restoration where keeps_datestamps`.execute(db)
  return rows.length > 0
}

const dueContents = async ({ db }: Tenant, item: number): Promise<Contents[]> => {
  const { rows } = await sql<Contents>`
    /*NO LOAD BALANCE*/ select file.sha256, min(file.object) as object, min(file.size) as size
    from file left join scan on scan.sha256 = file.sha256
    where file.item = ${item} and file.object is not null and coalesce(scan.due, true)
    group by file.sha256, scan.state
    order by scan.state = 'waiting' desc nulls first, random() limit 2`.execute(db)
  return rows
}

/** What the scanner says, or that there is none; nothing where the contents have been given up meanwhile. */
async function look(
  { db, objects, scanner }: Tenant,
  { object, size }: Contents,
  stop: AbortSignal,
): Promise<Verdict | { state: 'unseen' } | undefined> {
  if (!scanner) return { state: 'unseen' }
  try {
    return await scanner.scan(size, () => objects.get(object), stop)
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error
    const { rows } = await sql`/*NO LOAD BALANCE*/ select from file where object = ${object}`.execute(db)
    if (rows.length > 0) throw error
    return undefined
  }
}

function turnOf(before: ScanState, { state, ...verdict }: Verdict | { state: 'unseen' }): Turn {
  // Staff have decided on what still cannot be looked into.
  if (before === 'released' && state === 'unscannable') return { state: 'released', ...verdict }
  return { state, finding: null, signatures: null, ...verdict }
}

import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { Connections, type Database, openDatabase } from '../platform/database/index.ts'

/** Institutions worked on at a time, as far as the process's connections allow: each takes two. */
const AT_ONCE = 4

/** The provisioning role's way into the server. */
export interface Control {
  /** The control database, in which is recorded what became of institutions. */
  db: Database
  /** Institutions that may be worked on at a time. */
  atOnce: number
  /** Opens a database of an institution, by one connection. */
  open(database: string): Database
}

/** Runs `work` as the provisioning role. */
export async function withControl<T>(
  { database, provisionerPasswordFile: passwordFile }: Pick<Config, 'database' | 'provisionerPasswordFile'>,
  work: (control: Control) => Promise<T>,
): Promise<T> {
  const atOnce = Math.min(AT_ONCE, Math.floor(database.connections / 2))
  const connections = new Connections(database, atOnce * 2)
  const open = (name: string, share: number) =>
    openDatabase(connections, {
      database: name,
      user: database.provisioner,
      passwordFile,
      share,
      // A migration takes the time that it takes; what it may wait for a lock is limited all the same.
      statementTimeout: 0,
    })
  const db = open(database.control, atOnce)
  try {
    await prepare(db, database.control)
    return await work({ db, atOnce, open: (name) => open(name, 1) })
  } finally {
    await db.destroy()
  }
}

/** Makes the control database ours alone, and the table in which it is recorded what became of institutions. */
async function prepare(db: Database, name: string) {
  await db.transaction().execute(async (tx) => {
    // Several pods start at once, and `if not exists` alone does not keep two from making it.
    await sql`select pg_advisory_xact_lock(hashtextextended('provisioning', 0))`.execute(tx)
    await sql`revoke all on database ${sql.id(name)} from public`.execute(tx)
    await sql`create table if not exists provisioning (
      tenant text primary key, at timestamptz not null, succeeded boolean not null, message text
    )`.execute(tx)
    await sql`alter table provisioning
      add column if not exists purge_began_at timestamptz, add column if not exists purged_at timestamptz`.execute(tx)
  })
}

/**
 * Runs `work` while nobody else makes or purges the institution. `session` is one connection to the control database,
 * outside any transaction: databases cannot be made or dropped in one.
 */
export async function alone(
  { db }: Control,
  tenant: string,
  work: (session: Database) => Promise<void>,
): Promise<void> {
  await db.connection().execute(async (session) => {
    const key = sql`hashtextextended(${`provision ${tenant}`}, 0)`
    // Another pod may be at it, and its migrations may take long.
    await sql`set lock_timeout = 0`.execute(session)
    await sql`select pg_advisory_lock(${key})`.execute(session)
    try {
      await work(session)
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(session)
      await sql`reset lock_timeout`.execute(session)
    }
  })
}

/** When the purge of an institution began and ended, as the control database says it. */
export async function purgeOf(session: Database, tenant: string): Promise<{ began?: Date; ended?: Date }> {
  const { rows } = await sql<{ purge_began_at: Date | null; purged_at: Date | null }>`
    select purge_began_at, purged_at from provisioning where tenant = ${tenant}`.execute(session)
  const { purge_began_at: began, purged_at: ended } = rows[0] ?? {}
  return { ...(began && { began }), ...(ended && { ended }) }
}

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Config, ConfiguredTenant } from '../config.ts'
import { Connections, type Database, openDatabase } from '../platform/database/index.ts'
import { migrations } from '../platform/database/migrations/index.ts'
import { eachOf } from '../platform/each.ts'
import type { Log } from '../platform/logs.ts'
import { databaseName } from './tenant.ts'

/** Institutions made ready at a time: each holds two connections. */
const AT_ONCE = 4

/**
 * Makes what every configured institution needs: role, database, migrations, settings. Running it again, or from
 * several pods at once, changes nothing more. One institution's failure is recorded in the control database's table
 * `provisioning` and keeps nobody else waiting.
 *
 * @returns the ids of institutions that failed.
 */
export async function provision(config: Config, log: Log): Promise<string[]> {
  const { database, provisionerPasswordFile: passwordFile } = config
  const connections = new Connections(database, AT_ONCE * 2)
  const open = (name: string, share: number) =>
    openDatabase(connections, {
      database: name,
      user: database.provisioner,
      passwordFile,
      share,
      // A migration takes the time that it takes; what it may wait for a lock is limited all the same.
      statementTimeout: 0,
    })
  const control = open(database.control, AT_ONCE)
  const failed: string[] = []
  try {
    await prepareControl(control, database.control)
    await eachOf(config.tenants, AT_ONCE, async (tenant) => {
      const started = performance.now()
      let message: string | null = null
      try {
        await provisionOne(tenant, control, open)
        log.info({ tenant: tenant.id, ms: Math.round(performance.now() - started) }, 'provisioned')
      } catch (error) {
        failed.push(tenant.id)
        message = error instanceof Error ? error.message : String(error)
        log.error({ tenant: tenant.id, err: error }, 'provisioning failed')
      }
      await sql`insert into provisioning values (${tenant.id}, now(), ${message === null}, ${message})
        on conflict (tenant) do update set at = excluded.at, succeeded = excluded.succeeded, message = excluded.message
      `.execute(control)
    })
  } finally {
    await control.destroy()
  }
  return failed
}

/** Makes the control database ours alone, and the table in which provisioning is recorded. */
async function prepareControl(control: Database, name: string) {
  await control.transaction().execute(async (tx) => {
    // Several pods start at once, and `if not exists` alone does not keep two from making it.
    await sql`/*NO LOAD BALANCE*/ select pg_advisory_xact_lock(hashtextextended('provisioning', 0))`.execute(tx)
    await sql`revoke all on database ${sql.id(name)} from public`.execute(tx)
    await sql`create table if not exists provisioning (
      tenant text primary key, at timestamptz not null, succeeded boolean not null, message text
    )`.execute(tx)
  })
}

async function provisionOne(
  tenant: ConfiguredTenant,
  control: Database,
  open: (name: string, share: number) => Database,
) {
  const name = databaseName(tenant.id)
  const password = (await readFile(tenant.passwordFile, 'utf8')).trim()
  // A session's lock, because CREATE DATABASE cannot run in a transaction. A pooler must not send it to a standby.
  await control.connection().execute(async (session) => {
    const key = sql`hashtextextended(${`provision ${tenant.id}`}, 0)`
    // Another pod may be at it, and its migrations may take long.
    await sql`set lock_timeout = 0`.execute(session)
    await sql`/*NO LOAD BALANCE*/ select pg_advisory_lock(${key})`.execute(session)
    try {
      await makeRole(session, name, password)
      await makeDatabase(session, name)
      const db = open(name, 2)
      try {
        await grant(db, name)
        await migrate(db)
        await db
          .insertInto('settings')
          .values({ value: JSON.stringify(tenant.initial) })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      } finally {
        await db.destroy()
      }
    } finally {
      await sql`/*NO LOAD BALANCE*/ select pg_advisory_unlock(${key})`.execute(session)
      await sql`reset lock_timeout`.execute(session)
    }
  })
}

async function makeRole(session: Database, name: string, password: string) {
  const { rows } = await sql`/*NO LOAD BALANCE*/ select from pg_roles where rolname = ${name}`.execute(session)
  const verb = rows.length === 0 ? 'create' : 'alter'
  // The verifier and not the password: a server that logs its statements must not log this one's secret.
  await sql`${sql.raw(verb)} role ${sql.id(name)} login password ${sql.lit(scramVerifier(password))}`.execute(session)
}

async function makeDatabase(session: Database, name: string) {
  const { rows } = await sql`/*NO LOAD BALANCE*/ select from pg_database where datname = ${name}`.execute(session)
  if (rows.length > 0) return
  await sql`create database ${sql.id(name)} template template0 encoding 'UTF8'`.execute(session)
}

/**
 * The institution's role may work with rows in its database and nothing else. Nobody else may enter, but who may read
 * all data: that is for dumps, and says nothing of entering.
 */
async function grant(db: Database, name: string) {
  const role = sql.id(name)
  // Statements are short: compiling a plan would take longer than carrying it out. A restored dump has lost this.
  await sql`alter database ${role} set jit = off`.execute(db)
  await sql`revoke all on database ${role} from public`.execute(db)
  await sql`grant connect on database ${role} to ${role}, pg_read_all_data`.execute(db)
  await sql`grant usage on schema public to ${role}`.execute(db)
  await sql`alter default privileges in schema public grant select, insert, update, delete on tables to ${role}`.execute(
    db,
  )
  await sql`alter default privileges in schema public grant select, usage, update on sequences to ${role}`.execute(db)
}

async function migrate(db: Database) {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** What PostgreSQL stores of a password for SCRAM-SHA-256 (RFC 5803; the password is ASCII, so SASLprep changes nothing). */
function scramVerifier(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest()
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${hmac('Server Key').toString('base64')}`
}

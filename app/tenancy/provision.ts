import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { type Config, type ConfiguredTenant, LOGINS, type Login } from '../config.ts'
import type { Database } from '../platform/database/index.ts'
import { migrations } from '../platform/database/migrations/index.ts'
import { eachOf } from '../platform/each.ts'
import type { Log } from '../platform/logs.ts'
import type { SearchService } from '../search/port.ts'
import { searchService } from '../search/service.ts'
import { alone, type Control, purgeOf, withControl } from './control.ts'
import { databaseName } from './schema.ts'
import { settingsColumns } from './settings.ts'
import { isUnavailable, loginName } from './tenant.ts'

/** How often a database that cannot be entered yet is tried, half a second apart. */
const TRIES = 20

/** Milliseconds for which a password is still valid after another has taken its place. */
const OVERLAP = 24 * 60 * 60 * 1000

/**
 * Makes what every configured institution needs: roles, database, migrations, settings, search
 * index. Running it again, or from
 * several pods at once, changes nothing more. One institution's failure is recorded in the control database's table
 * `provisioning` and keeps nobody else waiting. One that was purged is not made again.
 *
 * @returns the ids of institutions that failed.
 */
export async function provision(config: Config, log: Log): Promise<string[]> {
  const failed: string[] = []
  const search = searchService(config)
  await withControl(config, (control) =>
    eachOf(config.tenants, control.atOnce, async (tenant) => {
      const started = performance.now()
      let message: string | null = null
      try {
        if (!(await provisionOne(tenant, config.database.login, control, search))) {
          log.info({ tenant: tenant.id }, 'was purged, and is not made again: its file can be removed')
          return
        }
        log.info({ tenant: tenant.id, ms: Math.round(performance.now() - started) }, 'provisioned')
      } catch (error) {
        failed.push(tenant.id)
        message = error instanceof Error ? error.message : String(error)
        log.error({ tenant: tenant.id, err: error }, 'provisioning failed')
      }
      await sql`insert into provisioning values (${tenant.id}, now(), ${message === null}, ${message})
        on conflict (tenant) do update set at = excluded.at, succeeded = excluded.succeeded, message = excluded.message
      `.execute(control.db)
    }),
  )
  return failed
}

/**
 * @returns whether it was made ready; not, if it was purged and is closed.
 * @throws Error if it was purged and is to be open.
 */
async function provisionOne(
  tenant: ConfiguredTenant,
  login: Login,
  control: Control,
  search: SearchService,
): Promise<boolean> {
  const name = databaseName(tenant.id)
  const password = (await readFile(tenant.passwordFile, 'utf8')).trim()
  let made = false
  await alone(control, tenant.id, async (session) => {
    const { began } = await purgeOf(session, tenant.id)
    if (began && tenant.state === 'closed') return
    if (began) throw new Error(`was purged on ${began.toISOString()}, and an id is not given again: choose another one`)
    await makeRoles(session, tenant.id, login, password)
    await makeDatabase(session, name)
    const db = control.open(name)
    try {
      await enter(db)
      await grant(db, name)
      await migrate(db)
      await db
        .insertInto('settings')
        .values(settingsColumns(tenant.initial))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await search.provision(tenant, () => indexAll(db))
    } finally {
      await db.destroy()
    }
    made = true
  })
  return made
}

/**
 * The role that holds the institution's rights, and the login in use, which acts with them. Passwords rotate by turns:
 * the login with the new one is another than that with the old, which processes of the configuration before still use.
 * So theirs stays valid for as long as they may take to end.
 */
async function makeRoles(session: Database, id: string, login: Login, password: string) {
  const owner = databaseName(id)
  const used = loginName(id, login)
  const { rows } = await sql<{ rolname: string; endless: boolean }>`
    select rolname, rolcanlogin and coalesce(rolvaliduntil, 'infinity') = 'infinity' as endless
    from pg_roles where rolname in (${owner}, ${sql.join(LOGINS.map((each) => loginName(id, each)))})`.execute(session)
  const exists = (name: string) => rows.some(({ rolname }) => rolname === name)

  if (!exists(owner)) await sql`create role ${sql.id(owner)} nologin`.execute(session)
  const verb = sql.raw(exists(used) ? 'alter' : 'create')
  // The verifier and not the password: a server that logs its statements must not log this one's secret.
  await sql`${verb} role ${sql.id(used)} login password ${sql.lit(scramVerifier(password))} valid until 'infinity'
    `.execute(session)
  await sql`grant ${sql.id(owner)} to ${sql.id(used)}`.execute(session)
  // The rights' own role, too: before there were logins, it was entered by itself.
  for (const { rolname, endless } of rows)
    if (endless && rolname !== used)
      await sql`alter role ${sql.id(rolname)} valid until ${sql.lit(new Date(Date.now() + OVERLAP).toISOString())}
        `.execute(session)
}

async function makeDatabase(session: Database, name: string) {
  const { rows } = await sql`select from pg_database where datname = ${name}`.execute(session)
  if (rows.length > 0) return
  await sql`create database ${sql.id(name)} template template0 encoding 'UTF8'`.execute(session)
}

/** Has each item that there is written to the index: the worker does it, as with every change. */
const indexAll = async (db: Database) =>
  void (await sql`insert into outbox (work, item, revision) select 'index', number, revision from item`.execute(db))

/** A pooler enters a standby too, which may not know yet of a database that has just been made. */
async function enter(db: Database) {
  for (let tries = 1; ; tries++)
    try {
      await sql`select`.execute(db)
      return
    } catch (error) {
      if (tries === TRIES || !isUnavailable(error)) throw error
      await sleep(500)
    }
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
  // Whoever backs up is a member of PostgreSQL's own role for reading everything.
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

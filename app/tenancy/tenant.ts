import { sql } from 'kysely'
import type { ConfiguredTenant, Login, Scratch } from '../config.ts'
import type { Clock } from '../platform/clock.ts'
import { dayIn } from '../platform/clock.ts'
import { Busy, type Connections, type Database, openDatabase } from '../platform/database/index.ts'
import { latestMigration } from '../platform/database/migrations/index.ts'
import type { Log } from '../platform/logs.ts'
import { Problem } from '../platform/problem.ts'
import { Unavailable } from '../platform/unavailable.ts'
import type { Cache } from '../ports/cache/port.ts'
import type { ObjectStore } from '../ports/objects/port.ts'
import type { Scanner } from '../ports/scanner/port.ts'
import type { SearchIndex, SearchService } from '../search/port.ts'
import type { Use } from '../statistics/counter.ts'
import { databaseName, type Site, type TenantConfig } from './schema.ts'
import { readSite } from './settings.ts'

/** Milliseconds for which a database that could not be used is not asked again. */
const RECHECK = 2_000
/** Milliseconds for which settings are kept: a change reaches every process within this time. */
const SETTINGS_KEPT = 5_000

/** Name of a role by which an institution's database is entered. No id has two hyphens, so none becomes this name. */
export const loginName = (id: string, login: Login) => `${databaseName(id)}__${login}`

/**
 * An institution, as code reaches it: the handle fixes the database, the objects and the address, so that whoever
 * holds it can touch nothing of another's. A request gets it from its Host, a job from its message.
 */
export interface Tenant {
  readonly id: string
  /** Address without a slash at the end: `https://repository.example.ac.jp`. */
  readonly url: string
  readonly state: TenantConfig['state']
  readonly limits: TenantConfig['limits']
  readonly timeZone: string
  /** Whether the day has come on which everything that it has is deleted: nobody works for it any more. */
  readonly purged: boolean
  readonly db: Database
  readonly objects: ObjectStore
  readonly search: SearchIndex
  readonly cache: Cache
  /** What files are looked at by before anybody gets them; nothing where nobody looks. */
  readonly scanner: Scanner | undefined
  /** Folders for what passes through. */
  readonly scratch: Scratch
  /** Today's day (YYYY-MM-DD) where the institution is. */
  today(): string
  /** Settings of its own and its logo, from its database; up to five seconds old. */
  settings(): Promise<Site>
  /** Forgets the settings that were read: they have just been changed here. */
  forgetSettings(): void
  /**
   * Passes if the database is there and has every migration that this release needs.
   *
   * @throws Problem 503, for this institution alone, otherwise.
   */
  ready(): Promise<void>
  /** Hands on the work that a commit has just left in the outbox, so that it need not wait for the worker's round. */
  handOn(): void
  /** Counts a use of an item, some seconds from now. */
  noteUse(use: Use): void
  /** Says that a statement failed for want of the database: the next request asks again whether it is ready. */
  doubt(): void
}

export interface TenantParts {
  connections: Connections
  /** The login that institutions' databases are entered by. */
  login: Login
  scratch: Scratch
  objects: (tenant: string) => ObjectStore
  search: SearchService['open']
  cache: (tenant: string) => Cache
  scanner: Scanner | undefined
  handOn: (tenant: Tenant) => void
  noteUse: (tenant: Tenant, use: Use) => void
  clock: Clock
  log: Log
}

/** Whether the day has come, where the institution is, on which everything that it has is to be deleted. */
export const isDue = ({ state, purge, timeZone }: Pick<TenantConfig, 'state' | 'purge' | 'timeZone'>, now: Date) =>
  state === 'closed' && purge !== undefined && purge <= dayIn(timeZone, now)

export function openTenant(
  config: ConfiguredTenant,
  { connections, login, scratch, objects, search, cache, scanner, handOn, noteUse, clock, log }: TenantParts,
): Tenant {
  const { id, url, state, limits, timeZone, passwordFile } = config
  const db = openDatabase(connections, {
    database: databaseName(id),
    user: loginName(id, login),
    passwordFile,
    share: limits.connections,
  })

  let readiness: Promise<void> | undefined
  let settings: { value: Promise<Site>; until: number } | undefined
  let read: Awaited<ReturnType<typeof readSite>> | undefined

  const check = async () => {
    try {
      const { rows } = await sql<{
        name: string
      }>`select name from kysely_migration order by name desc limit 1`.execute(db)
      const reached = rows[0]?.name ?? ''
      // A later one is fine: a change works with the previous release still running.
      if (reached < latestMigration)
        throw new Error(`database is at migration "${reached}", "${latestMigration}" is needed`)
    } catch (error) {
      log.error({ tenant: id, err: error }, 'institution is unavailable')
      setTimeout(() => {
        readiness = undefined
      }, RECHECK).unref()
      throw unavailable(error)
    }
  }

  const tenant: Tenant = {
    id,
    url,
    state,
    limits,
    timeZone,
    get purged() {
      return isDue(config, clock.now())
    },
    db,
    objects: objects(id),
    search: search({ id, db, passwordFile }),
    cache: cache(id),
    scanner,
    scratch,
    today: () => dayIn(timeZone, clock.now()),
    ready() {
      readiness ??= check()
      return readiness
    },
    handOn() {
      handOn(tenant)
    },
    noteUse(use) {
      noteUse(tenant, use)
    },
    doubt() {
      readiness = undefined
    },
    settings() {
      const now = Date.now()
      if (!settings || settings.until < now) {
        const value = readSite(db).then((now) => {
          // Unchanged they stay the same object: what was made of them stands.
          if (read?.revision !== now.revision) read = now
          return read.site
        })
        value.catch(() => {
          settings = undefined
        })
        settings = { value, until: now + SETTINGS_KEPT }
      }
      return settings.value
    },
    forgetSettings() {
      settings = undefined
    },
  }
  return tenant
}

/** The answer to a request that the institution's database, or a service, keeps from being served. */
export function unavailable(cause: unknown): Problem {
  const busy = cause instanceof Busy
  const problem = new Problem(
    503,
    busy ? 'Busy' : 'Unavailable',
    busy
      ? 'Too many requests are being served just now. Please try again in a moment.'
      : 'This repository is unavailable just now. Please try again in a few minutes.',
    { 'retry-after': busy ? '2' : '30' },
  )
  problem.cause = cause
  return problem
}

/**
 * Whether an error says that the database, or a service, is missing, broken or unreachable, and not that what was asked
 * of it was wrong.
 * PostgreSQL's classes 08 (connection), 28 (authorization), 53 (resources), 57 (operator intervention), 58 (system),
 * XX (internal), a missing database, schema, table or column, and a server that has become a standby (Appendix A of its
 * manual).
 */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Busy || error instanceof Unavailable) return true
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string')
    return error instanceof Error && /Connection terminated|timeout expired|not queryable/.test(error.message)
  // A statement that took too long says nothing of the database.
  if (code === '57014') return false
  return (
    /^(08|28|53|57|58|XX)...$/.test(code) ||
    ['3D000', '3F000', '42P01', '42703', '42501', '55P03', '25006'].includes(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENOENT'].includes(
      code,
    )
  )
}

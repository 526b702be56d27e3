import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Config, LOGINS } from '../config.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/index.ts'
import { eachOf } from '../platform/each.ts'
import type { Log } from '../platform/logs.ts'
import type { ObjectStore } from '../ports/objects/port.ts'
import { searchService } from '../search/service.ts'
import { alone, type Control, purgeOf, withControl } from './control.ts'
import { databaseName } from './schema.ts'
import { isDue, loginName } from './tenant.ts'

/** How often a database that is in use is dropped, a second apart, before that is left to the next run. */
const TRIES = 10

/**
 * Deletes for good what those institutions have that are closed and whose day has come: objects, search index, database,
 * roles. What is left is a row of the control database's table `provisioning` that says when, and keeps the id from
 * being made again. It is written first, so that whatever breaks the rest off, the next run ends it.
 *
 * @returns the ids of institutions that failed.
 */
export async function purge(
  config: Config,
  objects: (tenant: string) => ObjectStore,
  clock: Clock,
  log: Log,
): Promise<string[]> {
  const due = config.tenants.filter((tenant) => isDue(tenant, clock.now()))
  const failed: string[] = []
  if (due.length === 0) return failed
  const search = searchService(config)
  await withControl(config, (control) =>
    eachOf(due, 1, async ({ id }) => {
      try {
        // What is still being sent: of no use to anybody, and theirs all the same.
        await rm(join(config.scratch.uploads, id), { recursive: true, force: true })
        if (
          await purgeOne(control, id, async () => {
            await objects(id).deleteAll()
            await search.remove(id)
          })
        )
          log.warn({ tenant: id }, 'purged')
      } catch (error) {
        failed.push(id)
        log.error({ tenant: id, err: error }, 'purging failed')
      }
    }),
  )
  return failed
}

/** @returns whether there was anything left to do. */
async function purgeOne(control: Control, id: string, purgeBeside: () => Promise<void>): Promise<boolean> {
  let done = false
  await alone(control, id, async (session) => {
    if ((await purgeOf(session, id)).ended) return
    await sql`insert into provisioning (tenant, at, succeeded, purge_began_at) values (${id}, now(), true, now())
      on conflict (tenant) do update set purge_began_at = coalesce(provisioning.purge_began_at, now())
    `.execute(session)
    await purgeBeside()
    await dropDatabase(session, id)
    await sql`update provisioning set purged_at = now() where tenant = ${id}`.execute(session)
    done = true
  })
  return done
}

async function dropDatabase(session: Database, id: string) {
  const name = databaseName(id)
  const roles = [...LOGINS.map((login) => loginName(id, login)), name]
  const { rows } = await sql<{ rolname: string }>`
    select rolname from pg_roles where rolname in (${sql.join(roles)})`.execute(session)
  const there = roles.filter((role) => rows.some(({ rolname }) => rolname === role))
  for (const role of there) {
    await sql`alter role ${sql.id(role)} nologin`.execute(session)
    // Whoever drops a database from under its connections must have the rights of those that hold them.
    await sql`grant ${sql.id(role)} to current_user`.execute(session)
  }
  for (let tries = 1; ; tries++)
    try {
      await sql`drop database if exists ${sql.id(name)} with (force)`.execute(session)
      break
    } catch (error) {
      // PostgreSQL's own vacuum is a superuser's, whom nobody else may put out; it is soon done.
      if (tries === TRIES || !['42501', '55006'].includes(String((error as { code?: unknown }).code))) throw error
      await sleep(1_000)
    }
  for (const role of there) await sql`drop role ${sql.id(role)}`.execute(session)
}

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { createToken, type Scope } from '../../app/accounts/index.ts'
import { createApp } from '../../app/app.ts'
import { composeParts } from '../../app/compose.ts'
import { type CellConfig, loadConfig } from '../../app/config.ts'
import { createLog } from '../../app/platform/logs.ts'
import { createMetrics } from '../../app/platform/metrics.ts'
import type { Scanner } from '../../app/ports/scanner/port.ts'
import { databaseName, loginName, provision, type Tenant } from '../../app/tenancy/index.ts'
import type { TenantConfig } from '../../app/tenancy/schema.ts'
import { lookAfter } from '../../app/worker.ts'
import {
  CONTROL,
  type DatabaseServer,
  PROVISIONER,
  PROVISIONER_PASSWORD,
  type Services,
  writeConfiguration,
} from './configuration.ts'

export type { Services }

/** A configured set of institutions on a real PostgreSQL, with the application before them and a clock to move. */
export interface Institutions {
  folder: string
  ids: string[]
  tenant(id: string): Tenant
  clock: { now: () => Date; set(moment: string): void }
  /** Sends a request to an institution's host, as the server would receive it. */
  request(id: string, path: string, init?: RequestInit): Promise<Response>
  app: ReturnType<typeof createApp>
  token(id: string, ...scopes: Scope[]): Promise<string>
  /** One round of the worker for an institution. */
  round(id: string): ReturnType<typeof lookAfter>
  /** Waits until the work that commits have left is done, and counts are written. */
  settle(): Promise<void>
  /** Does to an institution's database what an accident would. */
  dropDatabase(id: string): Promise<void>
  forgetMigrations(id: string): Promise<void>
  /** Runs a statement in an institution's database that its own role may not. */
  asSuperuser<R extends pg.QueryResultRow>(id: string, statement: string): Promise<R[]>
  /** Runs a statement in the control database. */
  inControl<R extends pg.QueryResultRow>(statement: string): Promise<R[]>
  /** Connects as one institution's login to another's database, and runs a statement there. */
  connectAs(id: string, to: string, password?: string, user?: string, statement?: string): Promise<void>
  /** What the control database says of an institution's last provisioning. */
  provisioningOf(id: string): Promise<unknown>
  close(): Promise<void>
}

/** Provisions institutions of one test file: their ids get a suffix of their own, so that files share a server. */
export async function openInstitutions(
  names: string[],
  change: (tenant: TenantConfig) => Partial<TenantConfig> = () => ({}),
  web: Partial<CellConfig['web']> = {},
  services: Services = { config: {}, secrets: {} },
  scanner?: Scanner,
): Promise<Institutions> {
  const server: DatabaseServer = services.database ?? inject('postgres')
  const suffix = Math.random().toString(36).slice(2, 8).replace(/^\d/, 'x')
  const ids = names.map((name) => `${name}-${suffix}`)
  const folder = await mkdtemp(join(tmpdir(), 'kura-test-'))
  await makeProvisioner(server)
  await writeConfiguration(folder, { ids, database: server, services, change: { web }, changeTenant: change })

  const loaded = loadConfig(folder)
  const log = createLog('test', process.env.KURA_TEST_LOG ?? 'silent')
  const failed = await provision(loaded, log)
  if (failed.length > 0) throw new Error(`provisioning failed for ${failed.join(', ')}`)

  let moment: Date | undefined
  const clock = {
    now: () => moment ?? new Date(),
    set(text: string) {
      moment = new Date(text)
    },
  }
  const { directory, outbox, uses, connections, caches } = composeParts(loaded, log, clock, scanner)
  const app = createApp({ caches, directory, log, metrics: createMetrics(connections, caches), web: loaded.web })
  const superuser = { user: server.superuser, password: server.password }
  const rowsIn = async <R extends pg.QueryResultRow>(database: string, statement: string) =>
    await withClient(server, { ...superuser, database }, async (client) => (await client.query<R>(statement)).rows)
  const asSuperuser = <R extends pg.QueryResultRow>(id: string, statement: string) =>
    rowsIn<R>(databaseName(id), statement)
  const tenant = (id: string) => {
    const found = directory.byId(id)
    if (!found) throw new Error(`no institution ${id}`)
    return found
  }
  return {
    folder,
    ids,
    tenant,
    clock,
    app,
    request: async (id, path, init = {}) => {
      const headers = new Headers(init.headers)
      if (!headers.has('host')) headers.set('host', `${id}.example`)
      return await app.request(`https://${id}.example${path}`, { ...init, headers })
    },
    token: (id, ...scopes) => createToken(tenant(id), scopes),
    round: (id) => lookAfter(tenant(id), outbox, log),
    settle: async () => {
      await uses.write()
      await outbox.settled()
    },
    dropDatabase: async (id) => void (await rowsIn('postgres', `drop database ${databaseName(id)} with (force)`)),
    forgetMigrations: async (id) => void (await asSuperuser(id, 'delete from kysely_migration')),
    asSuperuser,
    inControl: (statement) => rowsIn(CONTROL, statement),
    connectAs: (id, to, password = `password-of-${id}`, user = loginName(id, 'a'), statement = 'select 1') =>
      withClient(server, { user, password, database: databaseName(to) }, async (client) => {
        await client.query(statement)
      }),
    provisioningOf: async (id) =>
      (await rowsIn(CONTROL, `select * from provisioning where tenant = ${pg.escapeLiteral(id)}`))[0],
    async close() {
      await outbox.end()
      caches.end()
      await Promise.all(directory.tenants.map(({ db }) => db.destroy()))
      await rm(folder, { recursive: true })
    },
  }
}

/** Another process that serves the same institutions, as far as one process can be two: it shares no state with the first. */
export async function openReplica({ folder, clock }: Institutions) {
  const config = loadConfig(folder)
  const log = createLog('replica', process.env.KURA_TEST_LOG ?? 'silent')
  const { directory, outbox, connections, caches } = composeParts(config, log, clock)
  const app = createApp({ caches, directory, log, metrics: createMetrics(connections, caches), web: config.web })
  return {
    caches,
    tenant: (id: string) => directory.byId(id) as Tenant,
    request: async (id: string, path: string, { headers }: { headers?: Record<string, string> } = {}) =>
      await app.request(`https://${id}.example${path}`, { headers: { host: `${id}.example`, ...headers } }),
    async close() {
      await outbox.end()
      caches.end()
      await Promise.all(directory.tenants.map(({ db }) => db.destroy()))
    },
  }
}

/** Makes what the platform's PostgreSQL operator makes: the provisioning role and the control database. */
export async function makeProvisioner(server: DatabaseServer) {
  await withClient(
    server,
    { user: server.superuser, password: server.password, database: 'postgres' },
    async (client) => {
      // Test files run side by side: the first makes them.
      await client.query('select pg_advisory_lock(1)')
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [PROVISIONER])
      if (rowCount === 0) {
        await client.query(`create role ${PROVISIONER} login createdb createrole password '${PROVISIONER_PASSWORD}'`)
        await client.query(`create database ${CONTROL} owner ${PROVISIONER}`)
      }
    },
  )
}

async function withClient<T>(
  { host, port, ca }: Pick<DatabaseServer, 'host' | 'port' | 'ca'>,
  login: { user: string; password: string; database: string },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host, port, ...login, ...(ca !== undefined && { ssl: { ca: await readFile(ca) } }) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { Unavailable } from '../unavailable.ts'

/** Milliseconds after which a connection that nobody uses is closed: hundreds of institutions are mostly idle. */
const IDLE = 10_000
/** Milliseconds that a caller waits for a connection before the process says that it is busy. */
const WAIT = 5_000
/** Milliseconds for which a statement's server may say nothing before it is asked whether it is there. */
const SILENCE = 4_000
/** Milliseconds that it has to say so. */
const THERE = 3_000
/** Milliseconds for which nobody is let wait for a server that was not there. */
const REST = 1_000

/** PostgreSQL's code for a password that is wrong or not valid any more (Appendix A of its manual). */
const INVALID_PASSWORD = '28P01'

/** Where a server is and how it is reached. */
export interface Server {
  host: string
  port: number
  tls: boolean
  /** Path of the certificate authority that must have signed the server's certificate. */
  ca?: string | undefined
}

/** A database on the server, its role, and how many of the process's connections it may hold. */
export interface Login {
  database: string
  user: string
  /**
   * File that holds the role's password. It is read when the pool is made, with the configuration that names the role,
   * because a mounted file changes under a running process; and again once the server has refused what it held.
   */
  passwordFile: string
  share: number
  /** Milliseconds that one statement may take; 0 for as long as it needs. */
  statementTimeout?: number
}

/** The server takes what is sent, or not even that, and says nothing. */
class Silent extends Unavailable {
  constructor() {
    super('the database does not answer')
  }
}

/** No connection became free in time. */
export class Busy extends Error {
  override name = 'Busy'
}

interface Waiter {
  pool: Pool
  resolve: (client: PostgresPoolClient) => void
  reject: (error: unknown) => void
  timer: NodeJS.Timeout
}

/**
 * The connections of one process to one server: at most `limit` at a time over all databases. A database opens its
 * first connection when it is first asked, holds at most its share, and gives up idle ones when another needs the room.
 * (`pg.Pool` knows one database; hundreds of them would together have no limit.)
 */
export class Connections {
  readonly #server: Server
  readonly #limit: number
  readonly #pools = new Set<Pool>()
  readonly #waiting: Waiter[] = []
  #open = 0
  #serving = false
  #asking: Promise<boolean> | undefined
  #restsUntil = 0

  constructor(server: Server, limit: number) {
    this.#server = server
    this.#limit = limit
  }

  /** Connections open now, used or idle. */
  get open() {
    return this.#open
  }

  /** Callers that wait for a connection now. */
  get waiting() {
    return this.#waiting.length
  }

  /** A pool of one database, for Kysely. */
  pool(login: Login): PostgresPool {
    const pool = new Pool(login, this)
    this.#pools.add(pool)
    return pool
  }

  /** @internal */
  acquire(pool: Pool): Promise<PostgresPoolClient> {
    if (performance.now() < this.#restsUntil) return Promise.reject(new Silent())
    const { promise, resolve, reject } = Promise.withResolvers<PostgresPoolClient>()
    const waiter: Waiter = {
      pool,
      resolve,
      reject,
      // Counts the waiting alone: opening a connection has a limit of its own.
      timer: setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        reject(new Busy(`no database connection became free within ${WAIT / 1000} s`))
      }, WAIT),
    }
    this.#waiting.push(waiter)
    this.#serve()
    return promise
  }

  /** @internal A connection was given back or lost. */
  freed(lost: boolean) {
    if (lost) this.#open--
    this.#serve()
  }

  /**
   * @internal A statement has waited long. It may take as long as it needs, unless the server is not there at all: one
   * that hangs, or is behind a network that does, closes no connection. Then all are given up, and nobody waits for it.
   */
  async doubt(ask: () => Promise<boolean>): Promise<void> {
    this.#asking ??= ask().finally(() => {
      this.#asking = undefined
    })
    if (await this.#asking) return
    this.#rest()
    for (const pool of this.#pools) pool.giveUp()
  }

  /** Sends away those who wait, and for a moment whoever comes. */
  #rest() {
    this.#restsUntil = performance.now() + REST
    for (const { timer, reject } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      reject(new Silent())
    }
  }

  /** Serves those who wait, first come first, passing over those whose database holds its share already. */
  #serve() {
    // Making room frees a connection, which comes back here: the loop below is about to use that room itself.
    if (this.#serving) return
    this.#serving = true
    for (let i = 0; i < this.#waiting.length; ) {
      const waiter = this.#waiting[i] as Waiter
      const idle = waiter.pool.takeIdle()
      if (idle) {
        this.#leave(i)
        waiter.resolve(idle)
      } else if (waiter.pool.full || !this.#makeRoom()) {
        i++
      } else {
        this.#leave(i)
        this.#open++
        waiter.pool.openConnection(this.#server).then(waiter.resolve, (error) => {
          waiter.reject(error)
          if (isTimeout(error)) this.#rest()
          this.freed(true)
        })
      }
    }
    this.#serving = false
  }

  #leave(index: number) {
    const [waiter] = this.#waiting.splice(index, 1)
    clearTimeout(waiter?.timer)
  }

  /** Whether one more connection fits, after closing the one that has been idle longest if need be. */
  #makeRoom(): boolean {
    if (this.#open < this.#limit) return true
    let oldest: Pool | undefined
    for (const pool of this.#pools)
      if (pool.idleSince !== undefined && (oldest?.idleSince === undefined || pool.idleSince < oldest.idleSince))
        oldest = pool
    if (!oldest) return false
    oldest.closeOldestIdle()
    return this.#open < this.#limit
  }
}

class Pool implements PostgresPool {
  /** Kysely cancels statements over a connection of its own making: not within our limit, so not offered. */
  readonly options = {}
  readonly #login: Login
  readonly #connections: Connections
  readonly #clients = new Set<Client>()
  #open = 0
  #idle: { client: Client; since: number; timer: NodeJS.Timeout }[] = []

  #password: Promise<string> | undefined

  constructor(login: Login, connections: Connections) {
    this.#login = login
    this.#connections = connections
    // Whoever connects is told if it cannot be read.
    this.#readPassword().catch(() => {})
  }

  get full() {
    return this.#open >= this.#login.share
  }

  get idleSince() {
    return this.#idle[0]?.since
  }

  connect() {
    return this.#connections.acquire(this)
  }

  async end() {
    while (this.#idle.length > 0) this.closeOldestIdle()
  }

  takeIdle(): PostgresPoolClient | undefined {
    const last = this.#idle.pop()
    if (last) clearTimeout(last.timer)
    return last?.client as PostgresPoolClient | undefined
  }

  closeOldestIdle() {
    const first = this.#idle.shift()
    if (!first) return
    clearTimeout(first.timer)
    this.#discard(first.client)
  }

  async openConnection(server: Server): Promise<PostgresPoolClient> {
    this.#open++
    try {
      const client = await this.#client(server, WAIT)
      client.on('error', () => this.#lost(client))
      client.once('end', () => this.#lost(client))
      await client.connect()
      this.#clients.add(client)
      client.release = () => this.#release(client)
      this.#listen(client, server)
      return client as PostgresPoolClient
    } catch (error) {
      this.#open--
      if ((error as { code?: unknown }).code === INVALID_PASSWORD) this.#password = undefined
      throw error
    }
  }

  /** Breaks off all connections, and whatever is asked over them. */
  giveUp() {
    for (const { connection } of this.#clients) connection.stream.destroy(new Silent())
  }

  async #client({ host, port, tls, ca }: Server, patience: number): Promise<Client> {
    const { database, user, statementTimeout = 30_000 } = this.#login
    return new Client({
      host,
      port,
      database,
      user,
      password: () => this.#readPassword(),
      ...(tls && { ssl: { ...(ca !== undefined && { ca: await readFile(ca, 'utf8') }) } }),
      application_name: 'kura',
      connectionTimeoutMillis: patience,
      statement_timeout: statementTimeout,
      // A migration of the next release waits for us at most this long, and we for it.
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
    })
  }

  /** Notices when a statement is not answered. */
  #listen(client: Client, server: Server) {
    const stream = client.connection.stream as Socket
    const listen = () => void stream.setTimeout(SILENCE)
    stream.on('timeout', () => {
      if (client._activeQuery) void this.#connections.doubt(() => this.#isThere(server)).then(listen)
    })
    listen()
  }

  /** Whether a server takes another connection, or says why it does not. */
  async #isThere(server: Server): Promise<boolean> {
    try {
      const client = await this.#client(server, THERE)
      client.on('error', () => {})
      await client.connect()
      client.end().catch(() => {})
      return true
    } catch (error) {
      return error instanceof pg.DatabaseError
    }
  }

  #readPassword(): Promise<string> {
    this.#password ??= readFile(this.#login.passwordFile, 'utf8').then(
      (text) => text.trim(),
      (error) => {
        this.#password = undefined
        throw error
      },
    )
    return this.#password
  }

  #release(client: Client) {
    if (client.lost) return
    // The server has ended it, and its `end` is still to come.
    if (client._ending || !client._queryable) return this.#discard(client)
    const entry = { client, since: Date.now(), timer: setTimeout(() => this.#expire(client), IDLE) }
    // An idle connection must not keep a process alive that has nothing else to do.
    entry.timer.unref()
    this.#idle.push(entry)
    this.#connections.freed(false)
  }

  #expire(client: Client) {
    this.#idle = this.#idle.filter((entry) => entry.client !== client)
    this.#discard(client)
  }

  #discard(client: Client) {
    this.#lost(client)
    client.end().catch(() => {})
  }

  #lost(client: Client) {
    // A connection that never opened is counted by whoever opened it.
    if (client.lost || !client.release) return
    client.lost = true
    this.#clients.delete(client)
    const idle = this.#idle.find((entry) => entry.client === client)
    if (idle) {
      clearTimeout(idle.timer)
      this.#idle.splice(this.#idle.indexOf(idle), 1)
    }
    this.#open--
    this.#connections.freed(true)
  }
}

class Client extends pg.Client {
  lost = false
  release?: () => void
  // State that pg's own pool looks at in the same place; its types leave it out.
  declare readonly _ending: boolean
  declare readonly _queryable: boolean
  declare readonly _activeQuery: unknown
}

/** What pg says when a connection could not be made in time. */
const isTimeout = (error: unknown) => error instanceof Error && error.message === 'timeout expired'

import { readFile } from 'node:fs/promises'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { Unavailable } from '../unavailable.ts'
import { Connection } from './connection.ts'

/** Milliseconds after which a connection that nobody uses is closed: hundreds of institutions are mostly idle. */
const IDLE = 10_000
/** Milliseconds that one statement may take, and of these wait for a lock: whoever asks is answered within ten seconds. */
const [STATEMENT, LOCK] = [8_000, 7_000]
/** Milliseconds that a caller waits for a connection before the process says that it is busy. */
const WAIT = 5_000
/** Milliseconds for which nobody is let wait for a server that said nothing. */
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
const silent = () => new Unavailable('the database does not answer')

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
    if (performance.now() < this.#restsUntil) return Promise.reject(silent())
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
   * @internal The server said nothing. One that hangs, or is behind a network that does, closes no connection: all are
   * given up, so that nobody finds out by himself how long he has waited in vain, and for a moment nobody waits at all.
   */
  giveUp() {
    this.#restsUntil = performance.now() + REST
    for (const { timer, reject } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      reject(silent())
    }
    for (const pool of this.#pools) pool.breakAll()
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
  #open = 0
  readonly #opened = new Set<Connection>()
  #idle: { client: Connection; since: number; timer: NodeJS.Timeout }[] = []

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
    return last && forKysely(last.client)
  }

  closeOldestIdle() {
    const first = this.#idle.shift()
    if (!first) return
    clearTimeout(first.timer)
    this.#discard(first.client)
  }

  breakAll() {
    for (const client of this.#opened) client.break()
  }

  async openConnection({ host, port, tls, ca }: Server): Promise<PostgresPoolClient> {
    const { database, user, statementTimeout = STATEMENT } = this.#login
    this.#open++
    try {
      const client = await Connection.open(
        {
          host,
          port,
          database,
          user,
          password: () => this.#readPassword(),
          ...(tls && { ssl: { ...(ca !== undefined && { ca: await readFile(ca, 'utf8') }) } }),
          application_name: 'kura',
          statement_timeout: statementTimeout,
          // A migration of the next release waits for us at most this long, and we for it.
          lock_timeout: LOCK,
          idle_in_transaction_session_timeout: 60_000,
        },
        (client) => this.#release(client),
        (client) => this.#lost(client),
      )
      this.#opened.add(client)
      return forKysely(client)
    } catch (error) {
      this.#open--
      if ((error as { code?: unknown }).code === INVALID_PASSWORD) this.#password = undefined
      throw error
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

  #release(client: Connection) {
    if (!this.#opened.has(client)) return
    // The server has ended it, and its `end` is still to come.
    if (!client.usable) return this.#discard(client)
    const entry = { client, since: Date.now(), timer: setTimeout(() => this.#expire(client), IDLE) }
    // An idle connection must not keep a process alive that has nothing else to do.
    entry.timer.unref()
    this.#idle.push(entry)
    this.#connections.freed(false)
  }

  #expire(client: Connection) {
    this.#idle = this.#idle.filter((entry) => entry.client !== client)
    this.#discard(client)
  }

  #discard(client: Connection) {
    this.#lost(client)
    client.end()
  }

  #lost(client: Connection) {
    // A connection that never opened is counted by whoever opened it.
    if (!this.#opened.delete(client)) return
    if (client.silent) this.#connections.giveUp()
    const idle = this.#idle.find((entry) => entry.client === client)
    if (idle) {
      clearTimeout(idle.timer)
      this.#idle.splice(this.#idle.indexOf(idle), 1)
    }
    this.#open--
    this.#connections.freed(true)
  }
}

/** Kysely asks with cursors only where it has been given their class, and it has not. */
const forKysely = (connection: Connection) => connection as unknown as PostgresPoolClient

import type { PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { Unavailable } from '../unavailable.ts'

/** Milliseconds that connecting may take. */
const CONNECTING = 5_000
/**
 * Milliseconds beyond its own limit after which a statement's server is taken for gone: one that stands still ends no
 * statement by itself.
 */
const GRACE = 1_000

/** Words with which a statement begins that pgpool-II sends to the primary (its manual, "Load Balancing"). */
const PRIMARY = '/*NO LOAD BALANCE*/ '
/** Words with which a query begins that a standby may answer, as things were a moment ago. */
export const MAY_LAG = '/*MAY LAG*/ '
/** How a statement begins that pgpool-II might send to a standby by itself. */
const READS = /^[\s(]*(select|with|values|table|declare|fetch|close|show|explain|copy)\b/i

/**
 * PostgreSQL's codes (Appendix A of its manual) for a change where nothing may be changed, and for what says that the
 * server, or pgpool-II before it, cannot go on: what such a connection would answer next is not known.
 */
const SPOILS = /^(25006|(08|57P|58|XX).*)$/
/** How a server says that it is a standby, when it is entered (its `in_hot_standby`). */
const STANDBY = { parameterName: 'in_hot_standby', parameterValue: 'on' }

interface Options extends pg.ClientConfig {
  /** Milliseconds that one statement may take; 0 for as long as it needs. */
  statement_timeout: number
}

/**
 * A connection to the primary: one that has come to another server, or whose server does not answer any more, ends by
 * itself.
 */
export class Connection implements Pick<PostgresPoolClient, 'release'> {
  readonly #client: Client
  readonly #patience: number
  readonly #released: (connection: Connection) => void
  #silent = false
  /** The error for which it was broken off. */
  #spoilt: unknown

  private constructor(client: Client, patience: number, released: (connection: Connection) => void) {
    this.#client = client
    this.#patience = patience
    this.#released = released
  }

  /**
   * @param released is told when whoever used it has done so.
   * @param lost is told once when it has ended.
   * @throws Unavailable if it has come to a standby: one that was the primary until just now.
   */
  static async open(
    options: Options,
    released: (connection: Connection) => void,
    lost: (connection: Connection) => void,
  ): Promise<Connection> {
    const client = new Client({ ...options, connectionTimeoutMillis: CONNECTING, keepAlive: true })
    let standby = false
    client.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
      if (parameterName === STANDBY.parameterName) standby = parameterValue === STANDBY.parameterValue
    })
    const connection = new Connection(client, options.statement_timeout && options.statement_timeout + GRACE, released)
    client.on('error', () => lost(connection))
    client.once('end', () => lost(connection))
    await client.connect()
    if (!standby) return connection
    connection.end()
    throw new Unavailable('the server that should be the primary is a standby')
  }

  /** Whether it ended because its server said nothing in the time that a statement may take. */
  get silent() {
    return this.#silent
  }

  /** Whether the next statement would find it open. */
  get usable() {
    // What is destroyed says so in a later turn, and would be given to somebody else before.
    return !this.#client._ending && this.#client._queryable && !this.#client.connection.stream.destroyed
  }

  /** @throws Unavailable if the connection has ended; what was to be committed may have been, or not. */
  async query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const timer = this.#patience > 0 ? setTimeout(() => this.#giveUp(), this.#patience) : undefined
    try {
      return (await this.#client.query(routed(sql), [...parameters])) as unknown as PostgresQueryResult<R>
    } catch (cause) {
      // A transaction that its connection broke off is rolled back over it, which says no more than that it has gone.
      if (!this.usable)
        throw new Unavailable('the connection to the database has ended', { cause: this.#spoilt ?? cause })
      if (SPOILS.test(String((cause as { code?: unknown }).code))) {
        this.#spoilt = cause
        this.break()
      }
      throw cause
    } finally {
      clearTimeout(timer)
    }
  }

  /** @param destroy whether a transaction could not be rolled back: nobody else may go on with it. */
  release(destroy = false) {
    if (destroy) this.break()
    else this.#released(this)
  }

  /** Says goodbye, and waits for nothing. */
  end() {
    this.#client.end().catch(() => {})
  }

  #giveUp() {
    this.#silent = true
    this.break()
  }

  /** Ends it without a word: nobody may hear it. */
  break() {
    this.#client.connection.stream.destroy()
  }
}

/** A statement as pgpool-II is to see it: sent to the primary, unless it says itself that it may be late. */
function routed(sql: string): string {
  // With any comment before it, pgpool-II would not send it to a standby.
  if (sql.startsWith(MAY_LAG)) return sql.slice(MAY_LAG.length)
  return READS.test(sql) ? PRIMARY + sql : sql
}

class Client extends pg.Client {
  // State that pg's own pool looks at in the same place; its types leave it out.
  declare readonly _ending: boolean
  declare readonly _queryable: boolean
}

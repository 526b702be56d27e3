import { Kysely, PostgresDialect, type RawBuilder, type SelectQueryBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { MAY_LAG } from './connection.ts'
import type { Connections, Login } from './connections.ts'
import type { Tables } from './tables.ts'

export { Busy, Connections } from './connections.ts'
export type { Change, ItemStatus, ScanState, Work } from './tables.ts'

/** An institution's database. */
export type Database = Kysely<Tables>
/** A transaction in it. */
export type Tx = Transaction<Tables>

// Days stay text: as a Date they would move with the machine's time zone. Sizes and sequences stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Opens a database: no connection is made before the first statement. */
export function openDatabase(connections: Connections, login: Login): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connections.pool(login) }) })
}

/**
 * A query that a standby may answer too, as things were a moment ago. All others go to the primary: what was just
 * changed, or is not public any more, must not be read as it was before.
 */
export const mayLag = <Output>(query: SelectQueryBuilder<Tables, keyof Tables, Output>): RawBuilder<Output> =>
  sql`${sql.raw(MAY_LAG)}${query}`

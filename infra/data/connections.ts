import { atOnce, cellAtMost } from '../repositories/rollout.ts'
import { type Settings, wrongSetting } from '../settings.ts'

/** Connections that pgpool-II refuses instead of letting clients wait without an end (its `reserved_connections`). */
export const RESERVED = 1

/** Connections of PostgreSQL's own keeping: those kept for superusers, Patroni, the operator. */
export const OWN = 40

/** Connections that one pod opens at most, of those that go past pgpool-II. */
export const CONNECTIONS = {
  identity: 15,
  handle: 10,
  /** One by each of its collectors' kinds, and one while it looks for a server again. */
  exporter: 3,
  grants: 1,
  /** A worker dumps one database after another. */
  dumps: 1,
  /** What it copies, and the WAL meanwhile. */
  physical: 2,
  restore: 1,
}

/**
 * The arithmetic of database connections. All processes of all cells, each at its limit and every Deployment rolling,
 * fit one pgpool-II, so that the other may be lost; PostgreSQL takes what two of them can hold, since a pgpool-II
 * that caches nothing opens one connection a client to an instance, and what goes past pgpool-II beside them.
 *
 * @throws RunError if the cells' processes do not fit.
 */
export function connections(
  cells: number,
  settings: {
    cells: Parameters<typeof cellAtMost>[0]
    pgpool: Pick<Settings['pgpool'], 'children'>
    identity: { provider: Pick<Settings['identity']['provider'], 'replicas'> }
    pools: { postgresql: Pick<Settings['pools']['postgresql'], 'nodes'> }
  },
) {
  const demand = cells * cellAtMost(settings.cells).connections
  const { children } = settings.pgpool
  if (demand > children - RESERVED)
    throw wrongSetting(
      'pgpool.children',
      `${children} is too small: ${cells} cells may hold ${demand} connections; allowed: at least ${demand + RESERVED}, or fewer kura:cells.connections`,
    )
  const one = atOnce({ replicas: 1 })
  const past =
    atOnce(settings.identity.provider) * CONNECTIONS.identity +
    one * CONNECTIONS.handle +
    one * CONNECTIONS.exporter +
    CONNECTIONS.grants +
    settings.pools.postgresql.nodes * CONNECTIONS.dumps +
    CONNECTIONS.physical +
    CONNECTIONS.restore
  return { demand, children, maxConnections: 2 * children + past + OWN }
}

import { atOnce, cellAtMost } from '../repositories/rollout.ts'
import { type Settings, wrongSetting } from '../settings.ts'

/** Connections that pgpool-II refuses instead of letting clients wait without an end (its `reserved_connections`). */
export const RESERVED = 1

/** Connections of PostgreSQL's own keeping: replication, the operator, backups, monitoring. */
const OWN = 40

/** Connections that one process holds at most, of what goes to the primary, past pgpool-II. */
export const CONNECTIONS = { identity: 15, handle: 10 }

/**
 * The arithmetic of database connections. All processes of all cells, each at its limit and every Deployment rolling,
 * fit one pgpool-II, so that the other may be lost; PostgreSQL takes what two of them can hold, since a pgpool-II
 * that caches nothing opens one connection a client to an instance, and those of identity provider and Handle server beside them.
 *
 * @throws RunError if the cells' processes do not fit.
 */
export function connections(
  cells: number,
  settings: {
    cells: Parameters<typeof cellAtMost>[0]
    pgpool: Pick<Settings['pgpool'], 'children'>
    identity: { provider: Pick<Settings['identity']['provider'], 'replicas'> }
  },
) {
  const demand = cells * cellAtMost(settings.cells).connections
  const { children } = settings.pgpool
  if (demand > children - RESERVED)
    throw wrongSetting(
      'pgpool.children',
      `${children} is too small: ${cells} cells may hold ${demand} connections; allowed: at least ${demand + RESERVED}, or fewer kura:cells.connections`,
    )
  const past = atOnce(settings.identity.provider) * CONNECTIONS.identity + atOnce({ replicas: 1 }) * CONNECTIONS.handle
  return { demand, children, maxConnections: 2 * children + past + OWN }
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Caches } from '../ports/cache/port.ts'
import type { Counts } from '../ports/queue/port.ts'
import type { Connections } from './database/index.ts'

export interface Metrics {
  /** The metrics as Prometheus reads them. */
  print(): Promise<string>
  /** Notes a request; `route` is its pattern and never its address, so that the number of series stays bounded. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void
  /** Notes how a worker's round left an institution. */
  visited(tenant: string, found: Visited): void
  /** Shows what became of what was handed on and received. */
  watchQueue(counts: Readonly<Counts>): void
}

export interface Visited {
  available: boolean
  /** Seconds; unknown where the institution is unavailable, as what follows. */
  outboxAge?: number
  /** Contents of files that wait for a scan, and for how many seconds the oldest has. */
  unscanned?: { contents: number; age: number }
}

export function createMetrics(connections: Connections, { uses }: Pick<Caches, 'uses'>): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'kura_http_request_duration_seconds',
    help: 'Time from a request to the end of its handler',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'kura_database_connections',
    help: 'Database connections of this process: open, and callers waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, connections.open)
      this.set({ state: 'waiting' }, connections.waiting)
    },
  })
  new Counter({
    name: 'kura_cache_requests_total',
    help: 'Requests of this process for a value of the cache: found, not found, or not to be had while the cache was gone',
    labelNames: ['result'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [result, count] of Object.entries(uses)) this.inc({ result }, count)
    },
  })
  const available = new Gauge({
    name: 'kura_institution_available',
    help: 'Whether the database of an institution can be used: 1 or 0, as a round of the worker found it',
    labelNames: ['tenant'],
    registers: [registry],
  })
  const outboxAge = new Gauge({
    name: 'kura_outbox_age_seconds',
    help: 'Age of the oldest work of an institution that should be done at once, at the end of a round',
    labelNames: ['tenant'],
    registers: [registry],
  })
  const unscanned = new Gauge({
    name: 'kura_unscanned_contents',
    help: 'Contents of files of an institution that wait for a scan for viruses, at the end of a round',
    labelNames: ['tenant'],
    registers: [registry],
  })
  const unscannedAge = new Gauge({
    name: 'kura_unscanned_age_seconds',
    help: 'Time for which the oldest of them has waited',
    labelNames: ['tenant'],
    registers: [registry],
  })
  return {
    print: () => registry.metrics(),
    observe: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    visited(tenant, found) {
      available.set({ tenant }, Number(found.available))
      if (found.outboxAge !== undefined) outboxAge.set({ tenant }, found.outboxAge)
      if (!found.unscanned) return
      unscanned.set({ tenant }, found.unscanned.contents)
      unscannedAge.set({ tenant }, found.unscanned.age)
    },
    watchQueue(counts) {
      new Counter({
        name: 'kura_queue_nudges_total',
        help: 'Nudges to work for an institution: sent, tries to send one that failed, turns taken, turns that failed',
        labelNames: ['outcome'],
        registers: [registry],
        collect() {
          this.reset()
          for (const [outcome, count] of Object.entries(counts)) this.inc({ outcome }, count)
        },
      })
    },
  }
}

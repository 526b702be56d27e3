import { Hono } from 'hono'
import type { Metrics } from './metrics.ts'

/**
 * Health and metrics, on a port of their own. `/healthz`: the process works. `/readyz`: it takes requests; not while
 * it starts or ends. Neither asks the database: one institution's trouble must not take a pod away from the others.
 */
export function internalApp(metrics: Metrics, isReady: () => boolean): Hono {
  return new Hono()
    .get('/healthz', (c) => c.text('ok\n'))
    .get('/readyz', (c) => (isReady() ? c.text('ready\n') : c.text('not ready\n', 503)))
    .get('/metrics', async (c) => c.text(await metrics.print(), 200, { 'content-type': 'text/plain; version=0.0.4' }))
}

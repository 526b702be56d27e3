import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '../../app/app.ts'
import { composeParts } from '../../app/compose.ts'
import { loadConfig } from '../../app/config.ts'
import { listen } from '../../app/platform/listening.ts'
import { createLog } from '../../app/platform/logs.ts'
import { createMetrics } from '../../app/platform/metrics.ts'
import { freePort } from '../../tools/ports.ts'
import type { Kura } from '../setup/kura.ts'

/** Requests a minute, which nobody comes to. */
const MANY = 1_000_000

/**
 * Another door to an instance that runs: its web process's own configuration, but for the limits of what one client may
 * ask in a minute. Whoever asks everything would find them alone. What goes wrong within is printed.
 */
export async function openDoor({ state }: Kura): Promise<{ port: number; close(): Promise<void> }> {
  const run = join(state, 'run')
  const cells = await readdir(run)
  const config = loadConfig(cells.map((cell) => join(run, cell, 'web/etc/kura')).join(':'))
  const log = createLog('fuzz', 'error')
  const { directory, outbox, uses, connections, caches } = composeParts(config, log)
  const web = { ...config.web, rates: { reads: MANY, searches: MANY, writes: MANY } }
  const app = createApp({ caches, directory, log, metrics: createMetrics(connections, caches), web })
  const port = await freePort('127.0.0.1')
  const end = await listen(app, { port, addresses: ['127.0.0.1'] })
  return {
    port,
    async close() {
      await end()
      await uses.write()
      await outbox.end()
      await Promise.all(directory.tenants.map(({ db }) => db.destroy()))
    },
  }
}

import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { createApp } from './app.ts'
import { composeParts } from './compose.ts'
import { ConfigError, loadConfig } from './config.ts'
import { internalApp } from './platform/internal.ts'
import { createLog } from './platform/logs.ts'
import { createMetrics } from './platform/metrics.ts'
import { provision } from './tenancy/index.ts'
import { runWorker } from './worker.ts'

/** Milliseconds that requests under way get to end before the process does. */
const DRAIN = 25_000

const [command] = process.argv.slice(2)
const log = createLog(command ?? 'kura')

try {
  const config = loadConfig(process.env.KURA_CONFIG ?? '/etc/kura')
  switch (command) {
    case 'provision': {
      const failed = await provision(config, log)
      // One institution's failure is its own; if none could be made ready, trying again is worth it.
      process.exitCode = failed.length > 0 && failed.length === config.tenants.length ? 1 : 0
      break
    }
    case 'web':
    case 'worker':
      await serve(command, config)
      break
    default:
      throw new ConfigError(`"${command ?? ''}" is not a command; there are web, worker and provision`)
  }
} catch (error) {
  if (error instanceof ConfigError) log.fatal(error.message)
  else log.fatal({ err: error }, 'could not start')
  // A server that listens already would keep the process alive.
  process.exit(1)
}

/** Runs the web or the worker process until it is told to end. */
async function serve(command: 'web' | 'worker', config: ReturnType<typeof loadConfig>) {
  const { directory, outbox, connections } = composeParts(config, log)
  const metrics = createMetrics(connections)
  let ready = false
  const internal = await listen(
    internalApp(metrics, () => ready),
    config.internal,
  )
  const web = command === 'web' ? await listen(createApp({ directory, log, metrics }), config.web) : []
  const worker = command === 'worker' ? runWorker(directory, outbox, config.worker, log) : undefined
  ready = true
  log.info(
    { institutions: directory.tenants.length, port: config[command === 'web' ? 'web' : 'internal'].port },
    'started',
  )

  const end = async (signal: string) => {
    log.info({ signal }, 'ending')
    ready = false
    const force = setTimeout(() => process.exit(1), DRAIN).unref()
    await Promise.all(web.map(close))
    await worker?.stop()
    await outbox.settled()
    await Promise.all(internal.map(close))
    clearTimeout(force)
    log.info('ended')
    // Idle database connections would keep the process for a while.
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(signal))
}

/** Listens on each address; one that the machine does not have (::1 without IPv6) is passed over if another is there. */
async function listen(
  app: { fetch: Parameters<typeof createAdaptorServer>[0]['fetch'] },
  at: { port: number; addresses: string[] },
) {
  const servers: ServerType[] = []
  let missing: unknown
  for (const address of at.addresses) {
    const server = createAdaptorServer({ fetch: app.fetch })
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(at.port, address, () => resolve())
      })
      servers.push(server)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error
      missing = error
    }
  }
  if (servers.length === 0) throw missing
  return servers
}

/** Takes no more requests, and closes each connection as soon as the request on it has been answered. */
const close = (server: ServerType) =>
  new Promise<void>((resolve) => {
    const closing = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 100)
    server.close(() => {
      clearInterval(closing)
      resolve()
    })
  })

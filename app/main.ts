import { createApp } from './app.ts'
import { composeParts, objectStores } from './compose.ts'
import { ConfigError, loadConfig } from './config.ts'
import { systemClock } from './platform/clock.ts'
import { internalApp } from './platform/internal.ts'
import { listen } from './platform/listening.ts'
import { createLog } from './platform/logs.ts'
import { createMetrics } from './platform/metrics.ts'
import { provision, purge } from './tenancy/index.ts'
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
    case 'purge': {
      const failed = await purge(config, objectStores(config, log), systemClock, log)
      process.exitCode = failed.length > 0 ? 1 : 0
      break
    }
    case 'web':
    case 'worker':
      await serve(command, config)
      break
    default:
      throw new ConfigError(`"${command ?? ''}" is not a command; there are web, worker, provision and purge`)
  }
} catch (error) {
  if (error instanceof ConfigError) log.fatal(error.message)
  else log.fatal({ err: error }, 'could not start')
  // A server that listens already would keep the process alive.
  process.exit(1)
}

/** Runs the web or the worker process until it is told to end. */
async function serve(command: 'web' | 'worker', config: ReturnType<typeof loadConfig>) {
  const { directory, outbox, uses, connections, caches } = composeParts(config, log)
  const metrics = createMetrics(connections, caches)
  metrics.watchQueue(outbox.counts)
  let ready = false
  const endInternal = await listen(
    internalApp(metrics, () => ready),
    config.internal,
  )
  const { web } = config
  const endWeb = command === 'web' ? await listen(createApp({ caches, directory, log, metrics, web }), web) : undefined
  const worker =
    command === 'worker'
      ? runWorker(directory, outbox, { ...config.worker, scratch: config.scratch }, { log, metrics })
      : undefined
  if (command === 'worker') outbox.receive()
  ready = true
  log.info(
    { institutions: directory.tenants.length, port: config[command === 'web' ? 'web' : 'internal'].port },
    'started',
  )

  const end = async (signal: string) => {
    log.info({ signal }, 'ending')
    ready = false
    const force = setTimeout(() => process.exit(1), DRAIN).unref()
    await endWeb?.()
    await worker?.stop()
    await uses.write()
    await outbox.end()
    caches.end()
    await endInternal()
    clearTimeout(force)
    log.info('ended')
    // Idle database connections would keep the process for a while.
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(signal))
}

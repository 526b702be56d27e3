import { mkdirSync } from 'node:fs'
import { type Config, ConfigError } from './config.ts'
import { extractTexts } from './fulltext/index.ts'
import { publishMoved } from './items/index.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { Connections } from './platform/database/index.ts'
import type { Log } from './platform/logs.ts'
import { createOutbox } from './platform/outbox.ts'
import { memoryCaches } from './ports/cache/memory.ts'
import type { Caches } from './ports/cache/port.ts'
import { redisCaches } from './ports/cache/redis.ts'
import { folderStore } from './ports/objects/folder.ts'
import { s3Store } from './ports/objects/s3.ts'
import { memoryQueue } from './ports/queue/memory.ts'
import type { Handle, Queue } from './ports/queue/port.ts'
import { rabbitmqQueue } from './ports/queue/rabbitmq/index.ts'
import { clamdScanner } from './ports/scanner/clamd.ts'
import type { Scanner } from './ports/scanner/port.ts'
import { scanFiles } from './scan/index.ts'
import { indexItems, searchService } from './search/index.ts'
import { createUseCounter } from './statistics/index.ts'
import { type Directory, openDirectory } from './tenancy/index.ts'

/** The parts of a process, put together as its configuration says. */
export function composeParts(config: Config, log: Log, clock: Clock = systemClock, scanner = openScanner(config)) {
  // In a cluster they are there: who runs may not make them.
  for (const folder of Object.values(config.scratch)) mkdirSync(folder, { recursive: true })
  const connections = new Connections(config.database, config.database.connections)
  const outbox = createOutbox({
    handlers: { index: indexItems, publish: publishMoved, extract: extractTexts(log), scan: scanFiles(log) },
    find: (id) => directory.byId(id),
    openQueue: (handle) => openQueue(config, handle, log),
    log,
  })
  const uses = createUseCounter(log)
  const caches = openCaches(config, log)
  const directory: Directory = openDirectory(config, {
    connections,
    login: config.database.login,
    scratch: config.scratch,
    objects: objectStores(config, log),
    search: searchService(config).open,
    cache: caches.of,
    scanner,
    handOn: outbox.handOn,
    noteUse: uses.note,
    clock,
    log,
  })
  return { directory, outbox, uses, connections, caches }
}

function openQueue({ queue, credentials, cells, tenants }: Config, handle: Handle, log: Log): Queue {
  if (queue.kind === 'outbox') return memoryQueue(handle, log)
  // That the file is there, the configuration has made sure.
  const server = { ...queue, passwordFile: credentials.queue as string }
  return rabbitmqQueue({ server, cells, tenants }, handle, log)
}

/** Where institutions' objects are. */
export function objectStores({ objects, credentials }: Pick<Config, 'objects' | 'credentials'>, log: Log) {
  if (objects.kind === 'folder') return folderStore(objects.path)
  if (!credentials.objects) throw new ConfigError('objects: s3 needs a key, in the files secrets/objects/id and secret')
  return s3Store(objects, credentials.objects, log)
}

function openCaches({ cache, credentials }: Config, log: Log): Caches {
  return cache.kind === 'redis' ? redisCaches(cache, credentials.cache as string, log) : memoryCaches()
}

const openScanner = ({ scanner }: Pick<Config, 'scanner'>): Scanner | undefined =>
  scanner.kind === 'clamd' ? clamdScanner(scanner) : undefined

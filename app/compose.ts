import { mkdirSync } from 'node:fs'
import { type Config, ConfigError } from './config.ts'
import { extractTexts } from './fulltext/index.ts'
import { publishMoved } from './items/index.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { Connections } from './platform/database/index.ts'
import type { Log } from './platform/logs.ts'
import { createOutbox } from './platform/outbox.ts'
import { folderStore } from './ports/objects/folder.ts'
import { memoryQueue } from './ports/queue/memory.ts'
import type { Handle, Queue } from './ports/queue/port.ts'
import { rabbitmqQueue, serverOf } from './ports/queue/rabbitmq/index.ts'
import { indexItems, postgresqlSearch } from './search/index.ts'
import { createUseCounter } from './statistics/index.ts'
import { type Directory, openDirectory } from './tenancy/index.ts'

/** The parts of a process, put together as its configuration says. */
export function composeParts(config: Config, log: Log, clock: Clock = systemClock) {
  if (config.cache.kind !== 'memory') throw notYet('cache', config.cache.kind)
  // In a cluster they are there: who runs may not make them.
  for (const folder of Object.values(config.scratch)) mkdirSync(folder, { recursive: true })
  const connections = new Connections(config.database, config.database.connections)
  const outbox = createOutbox({
    handlers: { index: indexItems, publish: publishMoved, extract: extractTexts(log) },
    find: (id) => directory.byId(id),
    openQueue: (handle) => openQueue(config, handle, log),
    log,
  })
  const uses = createUseCounter(log)
  const directory: Directory = openDirectory(config, {
    connections,
    login: config.database.login,
    scratch: config.scratch,
    objects: objectStores(config.objects),
    search: searchIndexes(config.search),
    handOn: outbox.handOn,
    noteUse: uses.note,
    clock,
    log,
  })
  return { directory, outbox, uses, connections }
}

function openQueue({ queue, credentials, cells, tenants }: Config, handle: Handle, log: Log): Queue {
  if (queue.kind === 'outbox') return memoryQueue(handle, log)
  // That the file is there, the configuration has made sure.
  const server = serverOf(queue, credentials.queue as string)
  return rabbitmqQueue({ server, cells, tenants }, handle, log)
}

/** Where institutions' objects are. */
export function objectStores(objects: Config['objects']) {
  if (objects.kind === 'folder') return folderStore(objects.path)
  throw notYet('objects', objects.kind)
}

function searchIndexes(search: Config['search']) {
  if (search.kind === 'postgresql') return postgresqlSearch
  throw notYet('search', search.kind)
}

const notYet = (part: string, kind: string) => new ConfigError(`${part}: this release cannot use ${kind} yet`)

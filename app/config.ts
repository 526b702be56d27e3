import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { TenantConfig } from './tenancy/schema.ts'

/**
 * The configuration of a cell, as its pods mount it. One folder a cell:
 *
 * ```
 * kura.json                      services, ports and limits ({@link CellConfig}); from the cell's ConfigMap
 * tenants/<id>.json              an institution ({@link TenantConfig}); from the cell's ConfigMap
 * authority.crt                  certificate authority of the services' servers, where a `ca` names it
 * secrets/tenants/<id>           password of the institution's database login; this and what follows from a Secret
 * secrets/search                 password of `search.user`, where `search` is Elasticsearch
 * secrets/queue                  password of `queue.user`, where `queue` is RabbitMQ
 * secrets/cache                  password of `cache.user`, where `cache` is Redis
 * secrets/objects/id             key of object storage, where `objects` is S3: its id
 * secrets/objects/secret         and its secret
 * secrets/provisioner            password of the provisioning role, where institutions are made or purged alone
 * ```
 *
 * `KURA_CONFIG` names the folder, or several with `:` between them: one process can serve any number of cells.
 *
 * What a release does not know is left aside: a cell whose image is pinned to an older one is configured by the newer
 * definition.
 */

/**
 * Folders of a cell's file system (`scratch`), for what can be lost: uploads on their way in, exports on their way out,
 * and what is made from institutions' files.
 */
export const SCRATCH = ['uploads', 'exports', 'generated'] as const

/** The two logins of each institution's database: one is in use, the other is that of the passwords before or after. */
export const LOGINS = ['a', 'b'] as const
export type Login = (typeof LOGINS)[number]

const port = z.int().min(1).max(65_535)

/** A service that is reached over TLS as `user`; `ca` is the path of the authority that must have signed its server. */
const remote = { url: z.url(), user: z.string().min(1), ca: z.string().optional() }

const rate = z.int().min(10).max(1_000_000)

const Database = z.object({
  host: z.string().min(1),
  port,
  /** Whether connections use TLS; `ca` is the path of the certificate authority that must have signed the server. */
  tls: z.boolean(),
  ca: z.string().optional(),
  /** Role that owns institutions' databases and makes their roles. */
  provisioner: z.string().min(1),
  /** Database that the provisioner works from, and in which provisioning is recorded. */
  control: z.string().min(1),
  /** Which login of each institution has the password that is mounted. */
  login: z.enum(LOGINS),
  /** Connections that one process holds at most, over all institutions. */
  connections: z.int().min(2),
})

const Search = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('postgresql') }),
  z.object({ kind: z.literal('elasticsearch'), ...remote }),
])

const Queue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outbox') }),
  z.object({ kind: z.literal('rabbitmq'), ...remote }),
])

const Objects = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string().min(1) }),
  z.object({
    kind: z.literal('s3'),
    endpoint: z.url(),
    region: z.string().min(1),
    bucket: z.string().min(1),
    /**
     * Path at which the proxy before us fetches objects by their signed addresses, and nobody else may: downloads are
     * handed over to it. Without one, the process sends them itself.
     */
    downloads: z
      .string()
      .regex(/^(\/[\w-]+)+$/)
      .optional(),
  }),
])

const Cache = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('memory') }),
  z.object({ kind: z.literal('redis'), ...remote }),
])

const Scanner = z.discriminatedUnion('kind', [
  /** Nobody looks: what comes in is handed out at once, and is noted as unseen. */
  z.object({ kind: z.literal('none') }),
  /** ClamAV's daemon, to whom files are sent in the clear; `largest` is the bytes of a file that it takes. */
  z.object({ kind: z.literal('clamd'), host: z.string().min(1), port, largest: z.int().min(1) }),
])

const Listening = z.object({
  port,
  /** Addresses to listen on: all of the pod's, unless something else is said. */
  addresses: z.array(z.string().min(1)).min(1).default(['::']),
})

/** Requests a minute that one client may make of one institution, by what they cost. */
export const Rates = z.strictObject({
  reads: rate.describe('pages, files, records and lists that one client may ask an institution for in a minute'),
  searches: rate.describe(
    'searches, with their facets and feeds, that one client may ask an institution for in a minute',
  ),
  writes: rate.describe('changes that the holder of one token may make at an institution in a minute'),
})
export type Rates = z.infer<typeof Rates>

export const CellConfig = z.object({
  cell: z.string().min(1),
  database: Database,
  search: Search,
  queue: Queue,
  objects: Objects,
  cache: Cache,
  /** What looks for viruses in files before anybody gets them. */
  scanner: Scanner,
  /** Folder that holds those of {@link SCRATCH}. */
  scratch: z.string().min(1),
  /** Where institutions are served, and to whom how much. */
  web: z.object({
    ...Listening.shape,
    /**
     * Proxies of ours that a request passes: so many addresses from the right in X-Forwarded-For stands the client's.
     * What stands left of it is what the client claims. With none, the client is who the connection comes from.
     */
    proxies: z.int().min(0).max(8),
    rates: Rates,
  }),
  /** Where health and metrics are served, by the web process and by the worker; never on an institution's host. */
  internal: Listening,
  worker: z.object({
    /** Seconds between two rounds over all institutions, for what has come due or was left by a crash. */
    sweep: z.int().min(1).max(3_600),
  }),
})

export type CellConfig = z.infer<typeof CellConfig>

/** What a process knows: the services of its cells, and their institutions with their passwords' files. */
export interface Config extends Omit<CellConfig, 'cell' | 'scratch'> {
  /** Cells whose institutions this process serves. */
  cells: string[]
  tenants: ConfiguredTenant[]
  scratch: Scratch
  credentials: Credentials
  /** File with the provisioning role's password. */
  provisionerPasswordFile: string
}

/** Paths of the folders for what can be lost. */
export type Scratch = Record<(typeof SCRATCH)[number], string>

/** Files with the credentials of services; an embedded service has none. */
export interface Credentials {
  search?: string
  queue?: string
  cache?: string
  objects?: { id: string; secret: string }
}

export interface ConfiguredTenant extends TenantConfig {
  /** File with the password of the institution's login. */
  passwordFile: string
}

/** A configuration that cannot be used; the message names the file and what is allowed. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads the folders that `KURA_CONFIG` names.
 *
 * @throws ConfigError if a file is missing or wrong, if cells disagree about their services, or if two institutions
 * share an id or a host.
 */
export function loadConfig(folders: string): Config {
  const cells = folders.split(':').filter(Boolean).map(readCell)
  const [first, ...others] = cells
  if (!first) throw new ConfigError('KURA_CONFIG names no folder')

  const { cell: _, ...services } = first.config
  for (const other of others) {
    const { cell, ...theirs } = other.config
    if (JSON.stringify(theirs) !== JSON.stringify(services))
      throw new ConfigError(
        `${other.folder}: cell ${cell} has other services than ${first.config.cell}; one process serves cells of one set`,
      )
  }

  const tenants = cells.flatMap(({ tenants }) => tenants)
  const owners = new Map<string, string>()
  for (const { id, hosts } of tenants) {
    for (const key of [`institution ${id}`, ...hosts.map((host) => `host ${host}`)]) {
      const owner = owners.get(key)
      if (owner !== undefined) throw new ConfigError(`${key} is configured twice: for ${owner} and for ${id}`)
      owners.set(key, id)
    }
  }
  return {
    ...services,
    cells: cells.map(({ config }) => config.cell),
    tenants,
    scratch: Object.fromEntries(SCRATCH.map((folder) => [folder, join(services.scratch, folder)])) as Scratch,
    credentials: credentialsOf(first),
    provisionerPasswordFile: join(first.folder, 'secrets/provisioner'),
  }
}

/** Where the credentials are that the services need. */
function credentialsOf({
  folder,
  config: { search, queue, cache, objects },
}: ReturnType<typeof readCell>): Credentials {
  const file = (name: string) => {
    const path = join(folder, 'secrets', name)
    try {
      accessSync(path, constants.R_OK)
    } catch (cause) {
      throw new ConfigError(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
    return path
  }
  return {
    ...(search.kind === 'elasticsearch' && { search: file('search') }),
    ...(queue.kind === 'rabbitmq' && { queue: file('queue') }),
    ...(cache.kind === 'redis' && { cache: file('cache') }),
    ...(objects.kind === 's3' && { objects: { id: file('objects/id'), secret: file('objects/secret') } }),
  }
}

function readCell(folder: string) {
  const config = parse(CellConfig, join(folder, 'kura.json'))
  const tenants = readdirSync(join(folder, 'tenants'))
    // Mounted ConfigMaps hold hidden links (..data) beside their files.
    .filter((file) => file.endsWith('.json') && !file.startsWith('.'))
    .sort()
    .map((file): ConfiguredTenant => {
      const tenant = parse(TenantConfig, join(folder, 'tenants', file))
      return { ...tenant, passwordFile: join(folder, 'secrets/tenants', tenant.id) }
    })
  return { folder, config, tenants }
}

function parse<T extends z.ZodType>(schema: T, file: string): z.infer<T> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new ConfigError(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
  const result = schema.safeParse(content)
  if (!result.success) throw new ConfigError(`${file}: ${z.prettifyError(result.error)}`)
  return result.data
}

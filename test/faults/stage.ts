import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { root } from '../../app/cli/local.ts'
import { databaseName } from '../../app/tenancy/schema.ts'
import { isAlive } from '../../tools/lock.mjs'
import { freePort } from '../../tools/ports.ts'
import { makeControl, startPostgres } from '../../tools/postgres/index.ts'
import { runElasticsearch } from '../services/elasticsearch/index.ts'
import { startRabbitmq } from '../services/rabbitmq.ts'
import { startRedis } from '../services/redis.ts'
import { BUCKET, KEYS, REGION, runS3, type S3Server } from '../services/s3.ts'
import { runServer } from '../services/server.ts'
import { temporaryFolder } from '../setup/folder.ts'
import {
  CONTROL,
  PROVISIONER,
  PROVISIONER_PASSWORD,
  type Services,
  writeConfiguration,
} from '../support/configuration.ts'
import { type Disk, makeDisk } from './disk.ts'
import { runProxy, type TcpProxy } from './proxy.ts'

/** MiB of a disk that a server has for itself. */
const DISK = 512
const HOST = '127.0.0.1'
const TENANT = 'faults'
/** Seconds between two rounds of the worker. */
const SWEEP = 2

/** What can fail: servers and processes, each started and ended by itself. */
export const PARTS = ['postgresql', 'elasticsearch', 'rabbitmq', 's3', 'redis', 'web', 'worker'] as const
export type PartName = (typeof PARTS)[number]

export interface Part {
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Starts it over what it has kept; done when it serves. */
  start(): Promise<void>
  /** What those who speak to it pass through; nobody speaks to the worker. */
  proxy?: TcpProxy
  /** Where it keeps its data, if it keeps any. */
  disk?: Disk
}

/** The application on its real services, each of which can fail. */
export interface Stage {
  parts: Record<PartName, Part>
  /** The port that the web process is reached by, and the host of its institution. */
  web: { port: number; host: string }
  token: string
  tenant: string
  /** Where the web process has its configuration: for commands. */
  configuration: string
  /** Runs a statement in the institution's database, past the application, as one who may do everything. */
  query<R extends pg.QueryResultRow>(statement: string): Promise<R[]>
  /** Asks Elasticsearch, past the application, as the user that makes the indexes. */
  search(method: string, path: string): Promise<Response>
  s3: S3Server['client']
  close(): Promise<void>
}

/** Starts everything; whoever breaks it off ends what it has begun. */
export async function openStage(): Promise<Stage> {
  await using ending = new AsyncDisposableStack()
  const { folder, remove } = await temporaryFolder()
  ending.defer(remove)
  const disk = async () => {
    const made = await makeDisk(DISK)
    ending.defer(made.remove)
    return made
  }
  const before = async (port: () => number) => {
    const proxy = await runProxy(port)
    ending.defer(async () => proxy.close())
    return proxy
  }

  const postgresql = await openPostgresql(await disk(), join(folder, 'postgres.log'))
  ending.defer(postgresql.close)
  await makeControl(postgresql.server(), {
    provisioner: PROVISIONER,
    password: PROVISIONER_PASSWORD,
    database: CONTROL,
  })
  const s3Disk = await disk()
  const s3 = await runS3(s3Disk.folder)
  ending.defer(s3.close)
  const redis = await startRedis()
  ending.defer(redis.remove)
  const searchDisk = await disk()
  const search = await runElasticsearch({ parent: searchDisk.folder })
  ending.defer(search.close)
  const queueDisk = await disk()
  const queue = await startRabbitmq(queueDisk.folder)
  ending.defer(queue.close)

  const ports = { web: await freePort(HOST), inWeb: await freePort(HOST), inWorker: await freePort(HOST) }
  const proxies = {
    postgresql: await before(() => postgresql.server().port),
    s3: await before(() => s3.port),
    redis: await before(portOf(redis.url)),
    elasticsearch: await before(portOf(search.url)),
    rabbitmq: await before(() => queue.port),
    web: await before(() => ports.web),
  }
  const services: Services = {
    config: {
      objects: { kind: 's3', endpoint: by(s3.endpoint, proxies.s3), region: REGION, bucket: BUCKET },
      search: { kind: 'elasticsearch', url: by(search.url, proxies.elasticsearch), user: search.user },
      queue: { kind: 'rabbitmq', url: by(queue.url, proxies.rabbitmq), user: queue.user, ca: queue.ca },
      cache: { kind: 'redis', url: by(redis.url, proxies.redis), user: redis.user, ca: redis.ca },
    },
    secrets: {
      'objects/id': KEYS[0].id,
      'objects/secret': KEYS[0].secret,
      search: await readFile(search.passwordFile, 'utf8'),
      queue: await readFile(queue.passwordFile, 'utf8'),
      cache: await readFile(redis.passwordFile, 'utf8'),
    },
  }
  const configure = async (role: 'web' | 'worker', internal: number) => {
    const configuration = join(folder, role)
    await writeConfiguration(configuration, {
      ids: [TENANT],
      database: { host: HOST, port: proxies.postgresql.port },
      services,
      change: {
        scratch: join(folder, 'scratch'),
        web: { port: ports.web },
        internal: { port: internal, addresses: [HOST] },
        worker: { sweep: SWEEP },
      },
    })
    return configuration
  }
  const configuration = await configure('web', ports.inWeb)
  const ofWorker = await configure('worker', ports.inWorker)
  await runApplication(configuration, 'app/main.ts', 'provision')
  const token = await runApplication(
    configuration,
    ...['app/cli/kura.ts', 'token', 'create', '--tenant', TENANT, '--scope', 'items:write', '--scope', 'import'],
  )
  const web = await runProcess('web', configuration, ports.inWeb)
  ending.defer(web.kill)
  const worker = await runProcess('worker', ofWorker, ports.inWorker)
  ending.defer(worker.kill)

  const all = ending.move()
  return {
    parts: {
      postgresql: { ...postgresql, proxy: proxies.postgresql },
      elasticsearch: { kill: search.kill, start: search.start, proxy: proxies.elasticsearch, disk: searchDisk },
      rabbitmq: { kill: queue.kill, start: queue.start, proxy: proxies.rabbitmq, disk: queueDisk },
      s3: { kill: s3.kill, start: s3.start, proxy: proxies.s3, disk: s3Disk },
      redis: { kill: redis.kill, start: redis.start, proxy: proxies.redis },
      web: { ...web, proxy: proxies.web },
      worker,
    },
    web: { port: proxies.web.port, host: `${TENANT}.example` },
    token,
    tenant: TENANT,
    configuration,
    async query<R extends pg.QueryResultRow>(statement: string) {
      const { host, port, superuser: user, password } = postgresql.server()
      const client = new pg.Client({ host, port, user, password, database: databaseName(TENANT) })
      await client.connect()
      try {
        return (await client.query<R>(statement)).rows
      } finally {
        await client.end()
      }
    },
    async search(method, path) {
      const login = `${search.user}:${await readFile(search.passwordFile, 'utf8')}`
      const authorization = `Basic ${Buffer.from(login).toString('base64')}`
      return await fetch(`${search.url}${path}`, { method, headers: { authorization } })
    },
    s3: s3.client,
    close: () => all.disposeAsync(),
  }
}

const portOf = (url: string) => () => Number(new URL(url).port)
/** An address by which the same is reached through a proxy. */
const by = (url: string, { port }: TcpProxy) => url.replace(/:\d+/, `:${port}`)

/** A PostgreSQL that keeps what it has acknowledged. */
async function openPostgresql(disk: Disk, log: string) {
  const folder = join(disk.folder, 'postgresql')
  const start = () => startPostgres({ folder, log, durable: true })
  let server = await start()
  return {
    disk,
    server: () => server,
    async kill() {
      const [pid] = (await readFile(join(folder, 'data/postmaster.pid'), 'utf8')).split('\n').map(Number)
      // With a full disk it may have ended by itself.
      if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL')
    },
    async start() {
      server = await againUntil(start)
    },
    close: () => server.stop(),
  }
}

/** Those who worked for a server that was killed may take a moment to see it. */
async function againUntil<T>(start: () => Promise<T>, tries = 20): Promise<T> {
  for (;;)
    try {
      return await start()
    } catch (error) {
      if (--tries === 0) throw error
    }
}

/** What every program of ours is run with. */
const NODE = ['--enable-source-maps', '--import', join(root, 'app/platform/tsx.ts')]

/** Runs the web or the worker process as a pod does. */
async function runProcess(command: 'web' | 'worker', configuration: string, internal: number): Promise<Part> {
  const folder = join(configuration, 'home')
  await mkdir(folder)
  return await runServer({
    command: process.execPath,
    args: [...NODE, join(root, 'app/main.ts'), command],
    env: { KURA_CONFIG: configuration },
    folder,
    isReady: async () => (await fetch(`http://${HOST}:${internal}/readyz`)).ok,
  })
}

/** Runs a command of the application to its end. @returns what it prints. */
export async function runApplication(configuration: string, script: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...NODE, join(root, script), ...args], {
    env: { PATH: process.env.PATH, KURA_CONFIG: configuration },
  })
  return stdout.trim()
}

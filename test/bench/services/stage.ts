import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CellConfig } from '../../../app/config.ts'
import { DOWNLOADS } from '../../../infra/repositories/configuration.ts'
import { freePort } from '../../../tools/ports.ts'
import { makeControl, startPostgres } from '../../../tools/postgres/index.ts'
import { configure, declaredCells } from '../../../tools/start/declared.ts'
import { embedded } from '../../../tools/start/embed.ts'
import { whenReady } from '../../../tools/start/ports.ts'
import { launch, type Process, type Program } from '../../../tools/start/processes.ts'
import { keptSecrets } from '../../../tools/start/secrets.ts'
import { openState } from '../../../tools/start/state.ts'
import { adminToken } from '../../../tools/start/tokens.ts'
import { runElasticsearch } from '../../services/elasticsearch/index.ts'
import { startNginx } from '../../services/nginx.ts'
import { startRabbitmq } from '../../services/rabbitmq.ts'
import { startRedis } from '../../services/redis.ts'
import { BUCKET, KEYS, REGION, runS3 } from '../../services/s3.ts'
import type { Services } from '../../support/configuration.ts'

const STACK = 'dev'
const CELL = 'kita'
/** MiB that Elasticsearch has for itself, beside all others on one machine. */
const HEAP = 4_096
/** The institution of the cell whose records are many; the others are like it. */
const LIKE = 'hidamari'

/** What a run of the application serves. */
export interface Site {
  /** Address of an institution. */
  url(id: string): string
  token(id: string): Promise<string>
  /** Folders of its processes' configurations. */
  web: string
  worker: string
  end(): Promise<void>
}

/** On all services; on them behind nginx, which fetches downloads; or with what `npm start` has in place of them. */
type Manner = 'services' | 'nginx' | 'embedded'

/** Real servers, and the application on them as often as it is wanted. */
export interface Stage {
  /** Names of so many institutions; the first is the one whose records are many. */
  institutions(count: number): string[]
  /** Runs a web process for the first so many institutions, and a worker beside all but those that only read. */
  run(on: Manner, count: number): Promise<Site>
  end(): Promise<void>
}

/**
 * Starts every service that production has, over the state of an instance (`npm start`'s, or a new one), and
 * provisions so many institutions on them.
 */
export async function openStage(folder: string, most: number): Promise<Stage> {
  await using starting = new AsyncDisposableStack()
  const state = openState(folder)
  starting.defer(() => state.release())
  const cells = (await declaredCells(STACK, keptSecrets(state.secrets))).filter(({ cell }) => cell === CELL)
  const log = (name: string) => join(state.logs, `${name}.log`)
  const postgres = await startPostgres({ folder: state.postgres, log: log('postgres'), durable: true })
  starting.defer(() => postgres.stop())
  const services = await startServices(starting)
  const institutions = (count: number) => Array.from({ length: count }, (_, i) => (i === 0 ? LIKE : `many-${i}`))

  let runs = 0
  /** Writes what the pods of a cell with so many institutions mount. */
  const prepare = async (on: Manner, count: number) => {
    const run = join(state.run, String(++runs))
    const port = await freePort('127.0.0.1')
    const web = on === 'nginx' ? { port: await freePort('127.0.0.1'), proxies: 1 } : { port, proxies: 0 }
    const { config, objects } = services
    const used = { ...config, objects: { ...objects, ...(on === 'nginx' && { downloads: DOWNLOADS }) } }
    const machine = {
      database: { host: postgres.host, port: postgres.port, tls: false },
      services: { ...embedded(state.objects), ...(on !== 'embedded' && used) },
      scratch: state.scratch,
      port,
      web,
    }
    const roles = ['provision', 'web', 'worker'] as const
    const programs = {} as Record<(typeof roles)[number], Program>
    let readiness = ''
    for (const role of roles) {
      const made = await configure(role, cells, run, machine)
      await populate(made.config, institutions(count), port)
      if (on !== 'embedded') await writeSecrets(made.config, services)
      programs[role] = made.programs[0] as Program
      if (role === 'web') readiness = made.readiness
    }
    return { programs, port, web, readiness }
  }

  const { programs } = await prepare('services', most)
  const provisioner = JSON.parse(await readFile(join(configOf(programs.provision), 'kura.json'), 'utf8')) as CellConfig
  await makeControl(postgres, {
    provisioner: provisioner.database.provisioner,
    password: await readFile(join(configOf(programs.provision), 'secrets/provisioner'), 'utf8'),
    database: provisioner.database.control,
  })
  const { code } = await launch(programs.provision, log('provision')).ended
  if (code !== 0) throw new Error(`provisioning ended with ${code}; ${log('provision')} says why`)
  const rest = starting.move()
  return {
    institutions,
    async run(on, count) {
      await using running = new AsyncDisposableStack()
      const { programs, port, web, readiness } = await prepare(on, count)
      const started: Process[] = []
      running.defer(async () => {
        await Promise.all(started.map((process) => process.stop(new AbortController().signal)))
      })
      // Who only reads has no worker: it would take from the other's outbox.
      for (const role of on === 'services' ? (['web', 'worker'] as const) : (['web'] as const))
        started.push(launch(programs[role], log(`${on}-${role}`)))
      await whenReady(readiness)
      if (on === 'nginx') {
        const nginx = await startNginx({ port, application: web.port, objects: services.objects.endpoint })
        running.defer(() => nginx.close())
      }
      const url = (id: string) => `http://${id}.localhost:${port}`
      const config = configOf(programs.web)
      const all = running.move()
      return {
        url,
        token: (id) => adminToken({ id, url: url(id) }, undefined, config),
        web: config,
        worker: configOf(programs.worker),
        end: () => all.disposeAsync(),
      }
    },
    end: () => rest.disposeAsync(),
  }
}

const configOf = ({ env }: Program) => env.KURA_CONFIG as string

/** Starts the servers; they end with the stack. */
async function startServices(ending: AsyncDisposableStack) {
  const elasticsearch = await runElasticsearch({ heap: HEAP })
  ending.defer(() => elasticsearch.close())
  const s3 = await runS3()
  ending.defer(() => s3.close())
  const redis = await startRedis()
  ending.defer(() => redis.remove())
  const rabbitmq = await startRabbitmq()
  ending.defer(() => rabbitmq.close())
  return {
    config: {
      search: { kind: 'elasticsearch', url: elasticsearch.url, user: elasticsearch.user },
      queue: { kind: 'rabbitmq', url: rabbitmq.url, user: rabbitmq.user, ca: rabbitmq.ca },
      ...redis.services.config,
    } satisfies Services['config'],
    objects: { kind: 's3' as const, endpoint: s3.endpoint, region: REGION, bucket: BUCKET },
    secrets: {
      search: await readFile(elasticsearch.passwordFile, 'utf8'),
      queue: await readFile(rabbitmq.passwordFile, 'utf8'),
      'objects/id': KEYS[0].id,
      'objects/secret': KEYS[0].secret,
      ...redis.services.secrets,
    },
  }
}

async function writeSecrets(folder: string, { secrets }: Pick<Services, 'secrets'>) {
  for (const [name, secret] of Object.entries(secrets)) {
    const path = join(folder, 'secrets', name)
    await rm(path, { force: true })
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, secret)
  }
}

/** Leaves the institution with many records in a configuration, and adds others like it. */
async function populate(folder: string, [first, ...others]: string[], web: number) {
  const file = (id: string) => join(folder, 'tenants', `${id}.json`)
  const secret = (id: string) => join(folder, 'secrets/tenants', id)
  const like = await readFile(file(LIKE), 'utf8')
  const password = await readFile(secret(LIKE), 'utf8')
  for (const part of ['tenants', 'secrets/tenants']) {
    await rm(join(folder, part), { recursive: true })
    await mkdir(join(folder, part))
  }
  for (const id of [first as string, ...others]) {
    const own = { ...JSON.parse(like), id, hosts: [`${id}.localhost`], url: `http://${id}.localhost:${web}` }
    await writeFile(file(id), JSON.stringify(own))
    await writeFile(secret(id), password)
  }
}

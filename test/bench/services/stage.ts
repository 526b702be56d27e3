import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CellConfig } from '../../../app/config.ts'
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
import { startRabbitmq } from '../../services/rabbitmq.ts'
import { startRedis } from '../../services/redis.ts'
import { BUCKET, KEYS, REGION, runS3 } from '../../services/s3.ts'
import type { Services } from '../../support/configuration.ts'

const STACK = 'dev'
const CELL = 'kita'
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

/** Real servers, and the application on them as often as it is wanted. */
export interface Stage {
  /** Names of so many institutions; the first is the one whose records are many. */
  institutions(count: number): string[]
  /** Runs a web process, and a worker, for the first so many institutions: on all services, or with what `npm start` has in place of them. */
  run(on: 'services' | 'embedded', count: number): Promise<Site>
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
  /** Writes what the pods of a cell with so many institutions mount; the services are the real ones, or the embedded. */
  const prepare = async (on: 'services' | 'embedded', count: number) => {
    const run = join(state.run, String(++runs))
    const web = await freePort('127.0.0.1')
    const machine = {
      database: { host: postgres.host, port: postgres.port, tls: false },
      services: embedded(state.objects),
      scratch: state.scratch,
      port: web,
      web: { port: web, proxies: 0 },
    }
    const roles = ['provision', 'web', 'worker'] as const
    const programs = {} as Record<(typeof roles)[number], Program>
    let readiness = ''
    for (const role of roles) {
      const made = await configure(role, cells, run, machine)
      await populate(made.config, institutions(count), web)
      if (on === 'services') await writeSecrets(made.config, services)
      programs[role] = made.programs[0] as Program
      if (role === 'web') readiness = made.readiness
    }
    return { programs, web, readiness }
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
      const { programs, web, readiness } = await prepare(on, count)
      const processes: Process[] = []
      const end = async () => {
        const hurry = new AbortController().signal
        await Promise.all(processes.map((process) => process.stop(hurry)))
      }
      // With the embedded parts it only reads: a worker would take from the other's outbox.
      for (const role of on === 'services' ? (['web', 'worker'] as const) : (['web'] as const))
        processes.push(launch(programs[role], log(`${on}-${role}`)))
      await whenReady(readiness)
      const url = (id: string) => `http://${id}.localhost:${web}`
      const config = configOf(programs.web)
      return {
        url,
        token: (id) => adminToken({ id, url: url(id) }, undefined, config),
        web: config,
        worker: configOf(programs.worker),
        end,
      }
    },
    end: () => rest.disposeAsync(),
  }
}

const configOf = ({ env }: Program) => env.KURA_CONFIG as string

/** Starts the servers; they end with the stack. */
async function startServices(ending: AsyncDisposableStack): Promise<Services> {
  const elasticsearch = await runElasticsearch()
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
      queue: { kind: 'rabbitmq', url: rabbitmq.url, user: rabbitmq.user },
      objects: { kind: 's3', endpoint: s3.endpoint, region: REGION, bucket: BUCKET },
      ...redis.services.config,
    },
    secrets: {
      search: await readFile(elasticsearch.passwordFile, 'utf8'),
      queue: await readFile(rabbitmq.passwordFile, 'utf8'),
      'objects/id': KEYS[0].id,
      'objects/secret': KEYS[0].secret,
      ...redis.services.secrets,
    },
  }
}

async function writeSecrets(folder: string, { secrets }: Services) {
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

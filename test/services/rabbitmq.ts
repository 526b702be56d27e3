import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PACES } from '../../app/ports/queue/port.ts'
import { definitions, passwordHash, VHOST } from '../../infra/data/rabbitmq/definitions.ts'
import { freePort } from '../../tools/ports.ts'
import { temporaryFolder } from '../setup/folder.ts'
import type { Services } from '../support/configuration.ts'
import { certify } from './certify.ts'
import { needPackages } from './packages.ts'
import { runServer, type Server } from './server.ts'

const run = promisify(execFile)
const HOST = '127.0.0.1'

/** A RabbitMQ with the platform's own definitions, its users, virtual host, limits and policies, reached over TLS. */
export interface Rabbitmq extends Pick<Server, 'start' | 'kill'> {
  /** What an institution's configuration says of it. */
  services: Services
  url: string
  port: number
  user: string
  /** Files with the authority that signed its certificate, and with the user's password. */
  ca: string
  passwordFile: string
  /** Runs `rabbitmqctl`; what it prints. */
  control(...args: string[]): Promise<string>
  /** Has another policy for queues of work than the platform's, until {@link Rabbitmq.restore}. */
  limit(policy: { 'delivery-limit'?: number; 'max-length'?: number; overflow?: 'reject-publish' }): Promise<void>
  restore(): Promise<void>
  /** Changes the user's password on the server and in the file. */
  rotate(): Promise<void>
  close(): Promise<void>
}

/** Starts RabbitMQ with an EPMD of its own, and ends both. Its data are kept below `parent`. */
export async function startRabbitmq(parent?: string): Promise<Rabbitmq> {
  await needPackages('rabbitmq-server')
  const { folder, remove } = await temporaryFolder(parent)
  const root = await installed()
  const [port, distribution, epmd] = [await freePort(HOST), await freePort(HOST), await freePort(HOST)]
  const user = 'kura'
  const passwordFile = join(folder, 'password')
  /** The server reads its definitions at each start. */
  const give = async (password: string) => {
    const hash = passwordHash(password, randomBytes(4))
    const limits = { connections: 40, queues: 320 }
    const declared = definitions({ name: user, hash }, { name: 'monitoring', hash }, limits)
    await writeFile(join(folder, 'definitions.json'), declared)
    await writeFile(passwordFile, password)
  }
  const password = randomBytes(12).toString('base64url')
  await give(password)
  await certify(folder)
  const settings = {
    'listeners.tcp': 'none',
    'listeners.ssl.1': `${HOST}:${port}`,
    'ssl_options.cacertfile': join(folder, 'ca.crt'),
    'ssl_options.certfile': join(folder, 'tls.crt'),
    'ssl_options.keyfile': join(folder, 'tls.key'),
    'definitions.import_backend': 'local_filesystem',
    'definitions.local.path': join(folder, 'definitions.json'),
    'disk_free_limit.absolute': '50MB',
    'log.console': 'true',
    'log.console.level': 'warning',
    'log.file': 'false',
  }
  await writeFile(
    join(folder, 'rabbitmq.conf'),
    Object.entries(settings)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join(''),
  )
  await writeFile(join(folder, 'enabled_plugins'), '[].')
  await writeFile(join(folder, '.erlang.cookie'), randomBytes(15).toString('hex').toUpperCase(), { mode: 0o600 })
  for (const name of ['mnesia', 'log']) await mkdir(join(folder, name))
  const env = {
    HOME: folder,
    RABBITMQ_NODENAME: `kura-${port}@localhost`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_FEATURE_FLAGS_FILE: join(folder, 'feature_flags'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'generated'),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none',
    // As for systemd, which nobody is here: the server itself runs, with no shell before it that would end alone.
    NOTIFY_SOCKET: join(folder, 'none.sock'),
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: HOST,
  }
  const names = await runServer({
    command: 'epmd',
    args: ['-port', String(epmd), '-address', HOST],
    folder,
    isReady: () => answers(epmd),
  })
  const server = await runServer({
    command: join(root, 'sbin/rabbitmq-server'),
    args: [],
    env,
    folder,
    isReady: () => answers(port),
  })
  const control = async (...args: string[]) => {
    const { stdout } = await run(
      join(root, 'sbin/rabbitmqctl'),
      ['--quiet', '--node', env.RABBITMQ_NODENAME, ...args],
      {
        env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...env },
      },
    )
    return stdout
  }
  const policy = (action: string, ...args: string[]) => control(`${action}_policy`, '--vhost', VHOST, ...args)
  const url = `amqps://localhost:${port}/${VHOST}`
  const ca = join(folder, 'ca.crt')
  return {
    services: { config: { queue: { kind: 'rabbitmq', url, user, ca } }, secrets: { queue: password } },
    url,
    port,
    user,
    ca,
    passwordFile,
    control,
    limit: async (limits) =>
      void (await policy('set', '--priority', '1', 'test', `\\.(${PACES.join('|')})$`, JSON.stringify(limits))),
    restore: async () => void (await policy('clear', 'test')),
    async rotate() {
      const next = randomBytes(12).toString('base64url')
      await control('change_password', user, next)
      await give(next)
    },
    async start() {
      await server.start()
      // A node that is alone may wait for a leader for ever after a crash (3.10), where others would choose one.
      await control('eval', '[ra:trigger_election(amqqueue:get_pid(Q)) || Q <- rabbit_amqqueue:list()].')
    },
    kill: server.kill,
    async close() {
      await server.kill()
      await names.kill()
      await remove()
    },
  }
}

/** Where Debian has put the server of whatever version. Its own commands want to be another user. */
async function installed(): Promise<string> {
  const base = '/usr/lib/rabbitmq/lib'
  const found = (await readdir(base)).find((name) => name.startsWith('rabbitmq_server-'))
  if (!found) throw new Error(`there is no server in ${base}`)
  return join(base, found)
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, HOST)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

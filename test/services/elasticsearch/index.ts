import { execFile } from 'node:child_process'
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from '@elastic/elasticsearch'
import * as pulumi from '@pulumi/pulumi'
import { realm, type UserName } from '../../../infra/data/elasticsearch/users.ts'
import { freePort } from '../../../tools/ports.ts'
import { temporaryFolder } from '../../setup/folder.ts'
import { certify } from '../certify.ts'
import { runServer, type Server } from '../server.ts'
import { distribution } from './distribution.ts'

const HOST = '127.0.0.1'
/** Nobody: the server refuses to be root. */
const USER = 65_534
/** Of the JVM in tests, which want it small and soon there: heap in MiB, and neither its collector nor its second compiler. */
const SMALL = ['-Xms512m', '-Xmx512m', '-XX:-UseG1GC', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** A real Elasticsearch with the users and roles that the platform declares. */
export interface Elasticsearch extends Server {
  url: string
  /** The user that the application is given, and the file with its password. */
  user: string
  passwordFile: string
  /** Path of the authority that signed its certificate, if it is encrypted. */
  ca?: string
  /** Ends it, and starts it without anything that it had. */
  lose(): Promise<void>
  /** Ends it and removes its data. */
  close(): Promise<void>
}

interface ElasticsearchArgs {
  /** Folder that its data are kept below. */
  parent?: string
  /** Whether it is reached as in production, by TLS alone. */
  encrypted?: boolean
  /** MiB of heap of a JVM as in production, to take figures of. */
  heap?: number
}

export async function runElasticsearch({
  parent,
  encrypted = false,
  heap,
}: ElasticsearchArgs = {}): Promise<Elasticsearch> {
  const { home, java } = await distribution()
  const { folder, remove } = await temporaryFolder(parent)
  const port = await freePort(HOST)
  const url = encrypted ? `https://localhost:${port}` : `http://${HOST}:${port}`
  const password = randomBytes(16).toString('hex')
  const user: UserName = 'kura'
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password)

  const config = join(folder, 'config')
  await cp(join(home, 'config'), config, { recursive: true })
  await writeFile(join(config, 'elasticsearch.yml'), settings(folder, port, encrypted))
  await writeFile(
    join(config, 'jvm.options.d/test.options'),
    (heap === undefined ? SMALL : [`-Xms${heap}m`, `-Xmx${heap}m`]).map((option) => `${option}\n`).join(''),
  )
  if (encrypted) await certify(config)
  for (const [file, content] of Object.entries(await declaredRealm(password)))
    await writeFile(join(config, file), content)
  for (const name of ['data', 'logs', 'tmp']) await mkdir(join(folder, name))
  await promisify(execFile)('chown', ['-R', `${USER}:${USER}`, folder])

  const pidFile = join(folder, 'tmp/pid')
  const ca = encrypted ? { ca: join(config, 'ca.crt') } : {}
  const client = new Client({
    node: url,
    auth: { username: user, password },
    maxRetries: 0,
    ...(ca.ca && { tls: { ca: await readFile(ca.ca) } }),
  })
  const server = await runServer({
    command: join(home, 'bin/elasticsearch'),
    args: ['--pidfile', pidFile],
    env: { ES_JAVA_HOME: java, ES_PATH_CONF: config, ES_TMPDIR: join(folder, 'tmp') },
    folder,
    user: String(USER),
    isReady: async () => {
      await client.cluster.health({ wait_for_status: 'yellow', timeout: '1s' }, { requestTimeout: 5_000 })
      return true
    },
    patience: 120_000,
  })
  const kill = async () => {
    // What was started is a launcher, which ends when the server does.
    process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGKILL')
    await server.kill()
  }
  return {
    ...server,
    url,
    user,
    passwordFile,
    ...ca,
    kill,
    async lose() {
      await kill()
      for (const entry of await readdir(join(folder, 'data')))
        await rm(join(folder, 'data', entry), { recursive: true })
      await server.start()
    },
    async close() {
      await server.stop()
      await remove()
    },
  }
}

const settings = (folder: string, port: number, encrypted: boolean) =>
  JSON.stringify({
    'cluster.name': 'test',
    'node.name': 'test',
    'path.data': join(folder, 'data'),
    'path.logs': join(folder, 'logs'),
    'network.host': HOST,
    'http.port': port,
    'transport.port': `${port + 1}-${port + 200}`,
    'discovery.type': 'single-node',
    'xpack.security.enabled': true,
    'xpack.security.autoconfiguration.enabled': false,
    'xpack.security.enrollment.enabled': false,
    'xpack.security.transport.ssl.enabled': false,
    ...(encrypted && {
      'xpack.security.http.ssl.enabled': true,
      'xpack.security.http.ssl.certificate': 'tls.crt',
      'xpack.security.http.ssl.key': 'tls.key',
    }),
    // Of so small a heap the usual tenth is less than what one long thesis takes.
    'indexing_pressure.memory.limit': '40%',
    // How full the disk of whoever tests is says nothing.
    'cluster.routing.allocation.disk.threshold_enabled': false,
  })

/** The files of users and roles as the platform makes them. */
async function declaredRealm(password: string): Promise<Record<string, string>> {
  const made = { bcryptHash: pulumi.output(hashed(password)) }
  const files = realm({ kura: made, snapshots: made, monitoring: made } as unknown as Parameters<typeof realm>[0])
  const users = await new Promise<string>((resolve) => files.users.apply(resolve))
  return { ...files, users }
}

/** One of the forms that the file realm understands: nothing here makes bcrypt's. */
function hashed(password: string): string {
  const rounds = 1_000
  const salt = randomBytes(32)
  const hash = pbkdf2Sync(password, salt, rounds, 32, 'sha512')
  return `{PBKDF2}${rounds}$${salt.toString('base64')}$${hash.toString('base64')}`
}

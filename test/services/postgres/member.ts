import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { root } from '../../../app/cli/local.ts'
import { PATRONI_SETTINGS } from '../../../infra/data/postgresql/configuration.ts'
import { parameters } from '../../../infra/data/postgresql/parameters.ts'
import { freePort } from '../../../tools/ports.ts'
import { fromPyPI } from '../../setup/pypi.ts'
import { certify } from '../certify.ts'
import { needPackages } from '../packages.ts'
import { type Agreement, SCOPE } from './agreement.ts'
import { HOST } from './host.ts'
import { type Pod, runPod } from './pod.ts'

export const SUPERUSER = { user: 'postgres', password: 'superuser-of-tests' }
/** Patroni, of the version that Spilo's image has: it is what keeps acknowledged changes, or does not. */
export const REQUIREMENTS = join(root, 'test/services/postgres/requirements.txt')
/** Patroni's smallest, in seconds: a primary that is gone is one for so long. Production has 30, and looks each 10. */
export const TTL = 20
/** Milliseconds that an answer of Patroni may take. */
const ANSWER = 3_000

/** Installs it for Debian's Python, which `postgres` may run, and says where. */
export async function installPatroni(): Promise<string> {
  await needPackages('python3-venv')
  return await fromPyPI(REQUIREMENTS, '/usr/bin/python3')
}

/** An instance of PostgreSQL with the Patroni beside it. */
export interface Member extends Pod {
  name: string
  port: number
  /** Whether Patroni says that it is a standby that can be read. */
  isReplica(): Promise<boolean>
  /** Whether it receives what the primary writes: one that is a standby may still have to be rewound for it. */
  follows(): Promise<boolean>
}

/** Runs an instance with what the platform declares, as far as it fits this machine. */
export async function runMember(
  programs: string,
  folder: string,
  name: string,
  agreement: Agreement,
  connections: number,
): Promise<Member> {
  const [port, rest] = [await freePort(HOST), await freePort(HOST)]
  await mkdir(folder)
  await certify(folder, dirname(folder))
  const { initdb, pg_hba, ...modes } = PATRONI_SETTINGS
  const { 'data-checksums': checksums, ...options } = initdb
  const settings = {
    name,
    scope: SCOPE,
    restapi: { listen: `${HOST}:${rest}`, connect_address: `${HOST}:${rest}` },
    ...(await agreement.settings(name)),
    bootstrap: {
      dcs: {
        ...{ ttl: TTL, loop_wait: 2, retry_timeout: 8, ...modes },
        postgresql: {
          use_pg_rewind: true,
          use_slots: true,
          parameters: { ...parameters({ vcpu: 1, memory: 1, volume: 8 }, connections), ...FITTING },
        },
      },
      initdb: [
        ...Object.entries(options).map(([key, value]) => ({ [key]: value })),
        ...(checksums ? ['data-checksums'] : []),
      ],
    },
    postgresql: {
      listen: `${HOST}:${port}`,
      connect_address: `${HOST}:${port}`,
      data_dir: join(folder, 'data'),
      bin_dir: '/usr/lib/postgresql/15/bin',
      pgpass: join(folder, 'pgpass'),
      pg_hba,
      authentication: {
        superuser: { username: SUPERUSER.user, password: SUPERUSER.password },
        replication: { username: 'standby', password: 'standby-of-tests' },
      },
      parameters: {
        unix_socket_directories: folder,
        ssl: 'on',
        ssl_cert_file: join(folder, 'tls.crt'),
        ssl_key_file: join(folder, 'tls.key'),
      },
    },
  }
  // Patroni reads YAML, and JSON is some.
  await writeFile(join(folder, 'patroni.json'), JSON.stringify(settings), { mode: 0o600 })
  await promisify(execFile)('chown', ['-R', 'postgres:postgres', folder])
  const patroni = `http://${HOST}:${rest}`
  const pod = await runPod({
    command: join(programs, 'bin/python'),
    args: ['-m', 'patroni', join(folder, 'patroni.json')],
    env: agreement.env,
    folder,
    isReady: async () => (await fetch(`${patroni}/health`)).ok,
  })
  return {
    ...pod,
    name,
    port,
    isReplica: () =>
      ask(`${patroni}/replica`).then(
        ({ ok }) => ok,
        () => false,
      ),
    follows: () =>
      ask(`${patroni}/patroni`)
        .then(async (answer) => State.parse(await answer.json()).replication_state === 'streaming')
        .catch(() => false),
  }
}

const ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(ANSWER) })
/** What Patroni says of a standby. */
const State = z.object({ replication_state: z.string().optional() })

/** What three instances on a small machine have less of, and what tests need not wait for. */
const FITTING = {
  shared_buffers: '48MB',
  maintenance_work_mem: '32MB',
  min_wal_size: '64MB',
  // Machines do not crash here, processes do.
  fsync: 'off',
  shared_preload_libraries: 'pg_stat_statements',
}

import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { root } from '../../../app/cli/local.ts'
import { CERTIFICATE, configuration } from '../../../infra/data/pgpool/configuration.ts'
import { freePort } from '../../../tools/ports.ts'
import { certify } from '../certify.ts'
import { HOST } from './host.ts'
import { SUPERUSER } from './member.ts'
import { type Pod, runPod } from './pod.ts'

export interface Pgpool extends Pod {
  /** Name and port of its door, as its certificate has it. */
  host: string
  port: number
  /** Path of the authority that signed its certificate. */
  ca: string
}

/** Runs pgpool-II as its image does, with the configuration that the platform declares, before two Services. */
export async function runPgpool(
  folder: string,
  services: { primary: number; standbys: number },
  children: number,
): Promise<Pgpool> {
  const host = 'localhost'
  const port = await freePort(HOST)
  await mkdir(folder)
  await certify(folder, dirname(folder))
  const files = configuration({ primary: HOST, standbys: HOST }, children)
  const fitting = {
    listen_addresses: HOST,
    port,
    backend_port0: services.primary,
    backend_port1: services.standbys,
    unix_socket_directories: folder,
    pcp_socket_dir: folder,
    pid_file_name: join(folder, 'pgpool.pid'),
    logdir: folder,
  }
  await writeFile(join(folder, 'pgpool.conf'), replaced(files['pgpool.conf'], fitting).replaceAll(CERTIFICATE, folder))
  await writeFile(join(folder, 'pool_hba.conf'), files['pool_hba.conf'])
  await promisify(execFile)('chown', ['-R', 'postgres:postgres', folder])
  const ca = join(folder, 'ca.crt')
  const pod = await runPod({
    command: 'bash',
    args: [
      ...[join(root, 'images/pgpool/run-pgpool'), join(folder, 'tls.crt'), join(folder, 'pgpool.pid')],
      ...['-f', join(folder, 'pgpool.conf'), '-a', join(folder, 'pool_hba.conf')],
    ],
    folder,
    isReady: async () => {
      const client = new pg.Client({
        host,
        port,
        ...SUPERUSER,
        database: 'postgres',
        ssl: { rejectUnauthorized: false },
        connectionTimeoutMillis: 3_000,
      })
      client.on('error', () => {})
      await client.connect()
      await client.end()
      return true
    },
  })
  return { ...pod, host, port, ca }
}

/** A configuration with other values for what it says already. */
function replaced(text: string, values: Record<string, string | number>): string {
  for (const [key, value] of Object.entries(values)) {
    const line = new RegExp(`^${key} = .*$`, 'm')
    if (!line.test(text)) throw new Error(`pgpool.conf says nothing of ${key}`)
    text = text.replace(line, `${key} = ${typeof value === 'number' ? value : `'${value}'`}`)
  }
  return text
}

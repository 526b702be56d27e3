import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { PlainError } from '../../app/cli/plain-error.ts'
import { isAlive } from '../lock.mjs'
import { freePort } from '../ports.ts'
import { openPrograms, type Programs } from './programs.ts'

export { makeControl } from './control.ts'

/** A running PostgreSQL of ours. */
export interface Postgres {
  host: string
  port: number
  superuser: string
  password: string
  /** Ends the server; connections that are open are closed. */
  stop(): Promise<void>
}

interface Options {
  /** Where the data, the password and what else it needs are kept; made if it is not there. */
  folder: string
  /** File that the server's log is added to; its folder exists. */
  log: string
  /** Whether what was committed survives a crash of the machine. Tests go without, and are quicker. */
  durable: boolean
}

const HOST = '127.0.0.1'
const SUPERUSER = 'postgres'

/**
 * Starts a real PostgreSQL that only this machine reaches, on a free port. The first time it makes the data; later it
 * finds them. A server that a killed process left running on them is ended first.
 *
 * @throws PlainError if it cannot run here, in a sentence that says what to do.
 */
export async function startPostgres({ folder, log, durable }: Options): Promise<Postgres> {
  const home = resolve(folder)
  const data = join(home, 'data')
  const output = await open(log, 'a', 0o600)
  try {
    const programs = await openPrograms(home)
    const control = (...args: string[]) => programs.run('pg_ctl', [...args, `--pgdata=${data}`], output.fd)

    const password = await keepPassword(join(home, 'password'), programs)
    if (!existsSync(data)) await initialise({ home, data, durable, programs, output: output.fd, log })
    await endLeftover(data, () => control('stop', '--mode=fast'))
    const port = await freePort(HOST)
    await configure(join(data, 'postgresql.conf'), { port, durable, programs })
    if ((await control('start', '--wait', '--silent')) !== 0) throw await failure('PostgreSQL did not start', log)

    return {
      host: HOST,
      port,
      superuser: SUPERUSER,
      password,
      async stop() {
        const output = await open(log, 'a', 0o600)
        const end = (mode: string) =>
          programs.run('pg_ctl', ['stop', `--mode=${mode}`, '--timeout=20', '--silent', `--pgdata=${data}`], output.fd)
        try {
          if ((await end('fast')) !== 0) await end('immediate')
        } finally {
          await output.close()
        }
      },
    }
  } finally {
    await output.close()
  }
}

async function keepPassword(file: string, programs: Programs): Promise<string> {
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await programs.handOver(file)
  }
  return await readFile(file, 'utf8')
}

interface Making {
  home: string
  data: string
  durable: boolean
  programs: Programs
  output: number
  log: string
}

async function initialise({ home, data, durable, programs, output, log }: Making) {
  // Named at the end: a run that was broken off leaves nothing that looks like data.
  const unfinished = `${data}.new`
  await rm(unfinished, { recursive: true, force: true })
  const code = await programs.run(
    'initdb',
    [
      `--pgdata=${unfinished}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${join(home, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8 sorts and folds alike on every machine; the system's and ICU's change with versions.
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ...(durable ? [] : ['--no-sync']),
    ],
    output,
  )
  if (code !== 0) throw await failure('PostgreSQL could not make its data folder', log)
  await rename(unfinished, data)
}

async function configure(
  file: string,
  { port, durable, programs }: { port: number } & Pick<Making, 'durable' | 'programs'>,
) {
  const settings = {
    listen_addresses: HOST,
    port,
    // No socket: its path would have a length limit and be another way in.
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    // Kept small on disk: nobody replicates from here.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '256MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`)
  await writeFile(file, lines.join(''), { mode: 0o600 })
  await programs.handOver(file)
}

async function endLeftover(data: string, end: () => Promise<number>) {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  // Its lines (PostgreSQL's miscadmin.h): 1 process id, 2 data folder, 3 start, 4 port.
  const [pid, , , port] = (await readFile(file, 'utf8')).split('\n').map(Number)
  // PostgreSQL itself sees that the file of a dead server means nothing.
  if (!pid || !port || !isAlive(pid)) return
  if (await answers(port)) await end()
  // Another program has been given the id since; pg_ctl would take it for the server and signal it.
  else await rm(file)
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, HOST, () => resolve(true))
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy())
  })

async function failure(sentence: string, log: string): Promise<PlainError> {
  const lines = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-8)
  return new PlainError(`${sentence}. The end of ${log}:\n${lines.map((line) => `  ${line}`).join('\n')}`)
}

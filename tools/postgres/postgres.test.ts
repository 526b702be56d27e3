import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/setup/folder.ts'
import { makeControl, type Postgres, startPostgres } from './index.ts'

const isRoot = process.getuid?.() === 0
const nobody = Number(execFileSync('id', ['-u', 'nobody']))

let folder: string
let remove: () => Promise<void>
let running: Postgres[] = []

beforeEach(async () => {
  const temporary = await temporaryFolder()
  folder = temporary.folder
  remove = temporary.remove
  running = []
})
afterEach(async () => {
  for (const postgres of running) await postgres.stop()
  await remove()
})

async function start(home = join(folder, 'postgres')) {
  const postgres = await startPostgres({ folder: home, log: join(folder, 'postgres.log'), durable: true })
  running.push(postgres)
  return postgres
}

async function query(postgres: Postgres, sql: string, login: object = {}) {
  const { host, port, superuser, password } = postgres
  const client = new pg.Client({ host, port, user: superuser, password, database: 'postgres', ...login })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('an embedded PostgreSQL', () => {
  it('keeps its data and its password from one start to the next', async () => {
    const first = await start()
    await query(first, 'create table kept as select 42 as answer')
    await first.stop()
    const second = await start()
    expect(second.password).toBe(first.password)
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  it('sorts and folds alike on every machine, and notices broken pages', async () => {
    const postgres = await start()
    expect(
      await query(
        postgres,
        `select datlocprovider::text as provider, datlocale as locale, lower('ÄΩ') as folded,
           current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums
         from pg_database where datname = 'postgres'`,
      ),
    ).toEqual([{ provider: 'b', locale: 'C.UTF-8', folded: 'äω', encoding: 'UTF8', checksums: 'on' }])
  })

  it('lets nobody in without the password, and keeps it from other users', async () => {
    const postgres = await start()
    await expect(query(postgres, 'select 1', { password: 'wrong' })).rejects.toThrow('password authentication failed')
    expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600)
    expect(await query(postgres, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  })

  it('is ended first if a killed process left it running', async () => {
    const program = `
      import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      const { port } = await startPostgres(${JSON.stringify({ folder: join(folder, 'postgres'), log: join(folder, 'postgres.log'), durable: true })})
      console.log(port)
      process.kill(process.pid, 'SIGKILL')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program])
    const [printed] = await once(child.stdout, 'data')
    await once(child, 'close')
    const postgres = await start()
    await expect(query({ ...postgres, port: Number(printed) }, 'select 1')).rejects.toThrow('ECONNREFUSED')
    expect(await query(postgres, 'select 1 as up')).toEqual([{ up: 1 }])
  })

  it('leaves a program alone that has been given the process id of a dead server', async () => {
    await (await start()).stop()
    running = []
    // Of the user that PostgreSQL runs as: another's could not be signalled anyway.
    const other = spawn('sleep', ['60'], isRoot ? { uid: nobody } : {})
    await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${other.pid}\n${folder}/postgres/data\n1\n1\n`)
    expect(await query(await start(), 'select 1 as up')).toEqual([{ up: 1 }])
    expect(other.exitCode ?? other.signalCode).toBeNull()
    other.kill()
  })

  it('shows the end of its log when it does not start', async () => {
    await (await start()).stop()
    running = []
    await writeFile(join(folder, 'postgres/data/PG_VERSION'), '9.6\n')
    await expect(start()).rejects.toThrow(
      /^PostgreSQL did not start\. The end of .*initialized by PostgreSQL version 9\.6/s,
    )
  })

  it.runIf(isRoot)('says in one sentence which folder is closed to the user that runs it for root', async () => {
    await mkdir(join(folder, 'closed'), { mode: 0o700 })
    await expect(start(join(folder, 'closed/postgres'))).rejects.toThrow(
      new RegExp(`^PostgreSQL does not run as root, and nobody.* cannot enter ${folder}/closed: .*chmod o\\+x`),
    )
  })

  it.runIf(isRoot)('runs as nobody for root', async () => {
    await start()
    const [pid] = (await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')
    expect((await stat(`/proc/${pid}`)).uid).toBe(nobody)
  })
})

describe('what the platform makes for the application', () => {
  const wanted = { provisioner: 'kura_provisioner', password: "it's", database: 'kura' }
  const login = { user: wanted.provisioner, password: wanted.password, database: wanted.database }

  it('is a role that makes roles and databases and is no superuser, and its database', async () => {
    const postgres = await start()
    await makeControl(postgres, wanted)
    expect(
      await query(
        postgres,
        `select rolcreatedb, rolcreaterole, rolsuper, pg_get_userbyid(datdba) as owner from pg_roles, pg_database
         where rolname = current_user and datname = current_database()`,
        login,
      ),
    ).toEqual([{ rolcreatedb: true, rolcreaterole: true, rolsuper: false, owner: 'kura_provisioner' }])
  })

  it('can be made again, with another password', async () => {
    const postgres = await start()
    await makeControl(postgres, { ...wanted, password: 'old' })
    await makeControl(postgres, wanted)
    expect(await query(postgres, 'select 1 as in', login)).toEqual([{ in: 1 }])
    await expect(query(postgres, 'select 1', { ...login, password: 'old' })).rejects.toThrow('password')
  })
})

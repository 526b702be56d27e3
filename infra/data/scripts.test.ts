import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** The scripts that pods run, with stand-ins for what they call. */

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-scripts-'))
  mkdirSync(join(folder, 'bin'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes a file below the test's folder. */
function write(path: string, content: string, mode = 0o644): string {
  const file = join(folder, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content, { mode })
  return file
}
const standIn = (program: string, body: string) => write(`bin/${program}`, `#!/bin/bash\n${body}\n`, 0o755)
const environment = (variables: Record<string, string>) => ({
  PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
  ...variables,
})
const script = (path: string) => join(import.meta.dirname, path)

function run(path: string, variables: Record<string, string>) {
  return new Promise<{ code: number; output: string }>((settle) =>
    execFile('bash', [script(path)], { env: environment(variables), timeout: 20_000 }, (error, stdout, stderr) =>
      settle({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    ),
  )
}

describe("the configuration of Elasticsearch's node", () => {
  const prepare = (node: object) => {
    write('source/jvm.options.d/.keep', '')
    write('source/elasticsearch.yml', 'the image’s own')
    write('source/log4j2.properties', 'logs')
    write('settings/elasticsearch.yml', '{\n  "cluster.name": "kura"\n}\n')
    write('settings/kura.options', '-Xmx1m\n')
    write('keystore/bootstrap.password', 'open sesame')
    write('keystore/s3.client.default.access_key', 'id')
    write('token/token', 'proof')
    mkdirSync(join(folder, 'target'))
    standIn('elasticsearch-keystore', 'echo "$@" "$ES_PATH_CONF" "$([[ $1 == add ]] && cat)" >> "$LOG"')
    standIn('curl', `printf '%s\\n' "$@" >> "$LOG"; echo '${JSON.stringify(node)}'`)
    const at = (path: string) => join(folder, path)
    return run('elasticsearch/scripts/prepare.sh', {
      LOG: at('log'),
      SOURCE: at('source'),
      SETTINGS: at('settings'),
      SECRETS: at('keystore'),
      TOKEN: at('token'),
      TARGET: at('target'),
      NODE: 'node-1',
    })
  }
  const labels = (fault: object) => ({ metadata: { labels: { 'kura/pool': 'elasticsearch', ...fault, z: 'last' } } })

  test("is the image's, with ours in its place, the keystore and the machine's fault domain", async () => {
    const result = await prepare(labels({ 'oci.oraclecloud.com/fault-domain': 'FAULT-DOMAIN-2' }))
    expect(result).toEqual({ code: 0, output: '' })
    const made = (path: string) => readFileSync(join(folder, 'target', path), 'utf8')
    expect(JSON.parse(made('elasticsearch.yml'))).toEqual({
      'node.attr.fault_domain': 'FAULT-DOMAIN-2',
      'cluster.name': 'kura',
    })
    expect(made('log4j2.properties')).toBe('logs')
    expect(made('jvm.options.d/kura.options')).toBe('-Xmx1m\n')
    const log = readFileSync(join(folder, 'log'), 'utf8')
    expect(log).toContain(`add --stdin --silent bootstrap.password ${join(folder, 'target')} open sesame\n`)
    expect(log).toContain('https://kubernetes.default.svc/api/v1/nodes/node-1\n')
    // The token is in no argument, which others on the machine could read.
    expect(log).not.toContain('proof')
  })

  test('is not made where the machine says no fault domain', async () => {
    const result = await prepare(labels({}))
    expect(result).toEqual({ code: 1, output: 'the node node-1 says no fault domain\n' })
  })
})

describe('the repositories of snapshots', () => {
  interface Call {
    call: string
    user: string | undefined
    body: string
  }
  /** Elasticsearch, as far as the script asks it; `refuse` names a path that it answers with an error. */
  async function registered(refuse?: string) {
    const calls: Call[] = []
    let asked = 0
    const server = createServer(async (request: IncomingMessage, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const path = request.url?.split('?')[0] ?? ''
      const user = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString()
      // It is not there at once.
      const ready = path !== '/_cluster/health' || asked++ > 0
      if (ready) calls.push({ call: `${request.method} ${path}`, user, body })
      response.writeHead(!ready ? 503 : path === refuse ? 500 : 200).end('{}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    write('repositories/files.json', '{"type":"fs"}')
    write('repositories/objects.json', '{"type":"s3"}')
    standIn('sleep', ':')
    try {
      const result = await run('elasticsearch/scripts/repositories.sh', {
        URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        AUTHORITY: write('authority.crt', ''),
        USER: 'snapshots',
        PASSWORD_FILE: write('password', 'open sesame'),
        REPOSITORIES: join(folder, 'repositories'),
        ANALYSED: 'objects',
      })
      return { ...result, calls }
    } finally {
      server.close()
    }
  }

  test('are registered once Elasticsearch is there, and the one in object storage is tried out', async () => {
    const { code, calls } = await registered()
    expect(code).toBe(0)
    expect(calls.map(({ call, body }) => `${call} ${body}`)).toEqual([
      'GET /_cluster/health ',
      'PUT /_snapshot/files {"type":"fs"}',
      'PUT /_snapshot/objects {"type":"s3"}',
      'POST /_snapshot/objects/_analyze ',
    ])
    expect(new Set(calls.map(({ user }) => user))).toEqual(new Set(['snapshots:open sesame']))
  })

  test.each(['/_snapshot/objects', '/_snapshot/objects/_analyze'])('fail the Job where %s is refused', async (path) => {
    expect((await registered(path)).code).not.toBe(0)
  })
})

test("PostgreSQL's roles are granted what they need once the operator has made them", async () => {
  standIn('sleep', ':')
  standIn(
    'psql',
    'echo "$PGPASSWORD $*" >> "$LOG"; [[ $* == *file=* ]] && cat >> "$LOG"; [[ $(wc -l < "$LOG") -ge 3 ]]',
  )
  const log = join(folder, 'log')
  const result = await run('postgresql/scripts/grant.sh', {
    LOG: log,
    GRANTS: '/scripts/grants.sql',
    PASSWORD_FILE: write('password', 'open sesame\n'),
    PASSWORDS: join(write('passwords/kura_backup', 'secret'), '..'),
  })
  expect(result).toEqual({ code: 0, output: 'granted\npasswords are set\n' })
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  expect(lines[3]).toContain(`--set role=kura_backup --set file=${join(folder, 'passwords/kura_backup')}`)
  expect(lines.slice(4)).toContain('alter role :"role" password :\'password\';')
  expect(lines.join()).not.toContain('secret')
  expect(lines[0]).toMatch(/^open sesame .*ON_ERROR_STOP=1 .*--file \/scripts\/grants\.sql$/)
})

describe("Redis' probe", () => {
  const probe = (answer: string, renewed: number) => {
    standIn('redis-cli', `echo ${answer}`)
    write('certificates/ca.crt', '')
    utimesSync(write('certificates/tls.crt', ''), renewed, renewed)
    const started = write('started', '')
    utimesSync(started, 1000, 1000)
    return run('redis/scripts/alive.sh', {
      CERTIFICATES: join(folder, 'certificates'),
      PORT: '6379',
      STARTED: started,
    })
  }
  test('passes on an answer, and on nothing else', async () => {
    expect((await probe('PONG', 999)).code).toBe(0)
    expect((await probe('LOADING', 999)).code).toBe(1)
  })
  test('fails once there is a newer certificate than the one that Redis has read', async () => {
    expect((await probe('PONG', 1001)).code).toBe(1)
  })
})

describe('pgpool-II', () => {
  /** Starts it by its script, with a server that ends when it is asked to, unless it is stubborn. */
  function start(server: string, variables: Record<string, string> = {}) {
    standIn('pgpool', server)
    const certificate = write('tls.crt', '')
    const child = spawn(
      'bash',
      [script('../../images/pgpool/run-pgpool'), certificate, write('pid', '1'), '-f', 'x.conf'],
      {
        env: environment({ LOG: join(folder, 'log'), INTERVAL: '0.1', SPREAD: '0', PATIENCE: '2', ...variables }),
        stdio: 'ignore',
      },
    )
    const ended = new Promise<number | null>((settle) => child.once('close', settle))
    return { child, certificate, ended }
  }
  const started = async () => {
    while (!existsSync(join(folder, 'log'))) await pause(20)
  }
  const SAYS = `printf '%s\\n' "$*" > "$LOG"`
  const WILLING = `${SAYS}; trap "echo ended >> $LOG; exit 0" TERM; while :; do sleep 0.05; done`
  const log = () => readFileSync(join(folder, 'log'), 'utf8')

  test('runs in the foreground, and ends when it is told to', async () => {
    const { child, ended } = start(WILLING)
    await started()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(log()).toBe('-n -f x.conf\nended\n')
    expect(existsSync(join(folder, 'pid'))).toBe(false)
  })

  test('ends once its certificate has been renewed', async () => {
    const { certificate, ended } = start(WILLING)
    await started()
    utimesSync(certificate, 1, 1)
    expect(await ended).toBe(0)
    expect(log()).toContain('ended')
  })

  test('does not wait for ever for clients that stay', async () => {
    const { child, ended } = start(`trap "" TERM; ${SAYS}; for _ in {1..80}; do sleep 0.05; done`)
    await started()
    child.kill('SIGTERM')
    const before = performance.now()
    expect(await ended).toBe(0)
    expect(performance.now() - before).toBeLessThan(3500)
  })

  test('fails where the server ends by itself', async () => {
    const { ended } = start('exit 3')
    expect(await ended).toBe(1)
  })
})

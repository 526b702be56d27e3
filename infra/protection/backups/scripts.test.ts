import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** The programs that the scripts run, as far as they use them: object storage is a folder, PostgreSQL answers at once. */
const STAND_INS = {
  // Like an upload in parts: nothing is there until the end of what is sent.
  rclone: `
    path() { echo "$OBJECTS/\${1#*:}"; }
    case $1 in
      lsf)
        for last; do :; done
        [ -d "$(path "$last")" ] || exit 3
        cd "$(path "$last")"
        if [ "$2" = --format ]; then stat -c '%s %n' *; else ls; fi ;;
      rcat)
        mkdir -p "$(dirname "$(path "$2")")"
        part=$(mktemp); cat > "$part"; mv "$part" "$(path "$2")" ;;
      cat) cat "$(path "$2")" ;;
      *) echo "$*" >> "$OBJECTS/calls"; [ "$1" != "\${BREAK:-}" ] ;;
    esac`,
  pg_dump: `
    [ "$PGPASSWORD" = secret ] || exit 7
    database=\${!#}; database=\${database#--dbname=}
    echo "dump of $database"
    [ "$database" != "\${BREAK:-}" ]`,
  pg_restore: `grep -q '^dump of'`,
  psql: `
    echo "$*" >> "$OBJECTS/asked"; cat /dev/stdin >> "$OBJECTS/asked"
    case $* in
      *' from item'*) case $* in *dbname=kura_*) echo '3 items, the last changed never' ;; *) exit 3 ;; esac ;;
    esac`,
  pg_basebackup: `
    for argument; do case $argument in --pgdata=*) target=\${argument#*=} ;; esac; done
    mkdir "$target"; echo base | gzip > "$target/base.tar.gz"
    [ -z "\${BREAK:-}" ]`,
}

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kura-backups-'))
  for (const folder of ['bin', 'objects', 'files']) mkdirSync(join(root, folder))
  for (const [name, body] of Object.entries(STAND_INS)) {
    writeFileSync(join(root, 'bin', name), `#!/usr/bin/env bash\nset -eu\n${body}\n`)
    chmodSync(join(root, 'bin', name), 0o755)
  }
  writeFileSync(join(root, 'password'), 'secret\n')
  databases('aozora', 'hoshizora', 'misaki', 'yukimi', 'suzukake')
})
afterEach(() => rmSync(root, { recursive: true }))

function databases(...names: string[]) {
  writeFileSync(join(root, 'databases'), names.map((name) => `${name} kura_${name}\n`).join(''))
}

async function run(script: string, env: Record<string, string> = {}) {
  const child = spawn('bash', [join(import.meta.dirname, 'scripts', script)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(root, 'bin')}:${process.env.PATH}`,
      OBJECTS: join(root, 'objects'),
      PASSWORD_FILE: join(root, 'password'),
      DATABASES: join(root, 'databases'),
      BUCKET: 'dumps',
      WORKERS: '2',
      JOB_COMPLETION_INDEX: '0',
      FOLDER: join(root, 'files'),
      KEEP: '2',
      ...env,
    },
  })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((end) => child.once('close', end)),
  ])
  return { out, err, code }
}

const day = (before = 0) => new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10)
const dumped = (before = 0) => join(root, 'objects/dumps', day(before).replaceAll('-', '/'))

test('the workers of a day dump every database once, under the day and its own name', async () => {
  for (const JOB_COMPLETION_INDEX of ['0', '1']) {
    const { out, code } = await run('dumps.sh', { JOB_COMPLETION_INDEX })
    expect(code).toBe(0)
    expect(out.match(/: dumped/g)).toHaveLength(JOB_COMPLETION_INDEX === '0' ? 3 : 2)
  }
  expect(readdirSync(dumped()).sort()).toEqual(['aozora', 'hoshizora', 'misaki', 'suzukake', 'yukimi'])
  expect(readFileSync(join(dumped(), 'aozora'), 'utf8')).toBe('dump of kura_aozora\n')
})

test('a dump that breaks leaves no object and keeps no other waiting, and the next run makes it good', async () => {
  const broken = await run('dumps.sh', { WORKERS: '1', BREAK: 'kura_hoshizora' })
  expect(broken.code).toBe(1)
  expect(broken.err).toContain('not dumped: hoshizora')
  expect(readdirSync(dumped()).sort()).toEqual(['aozora', 'misaki', 'suzukake', 'yukimi'])

  const mended = await run('dumps.sh', { WORKERS: '1' })
  expect(mended.code).toBe(0)
  expect(mended.out).toContain('hoshizora: dumped')
  expect(mended.out.match(/: there already/g)).toHaveLength(4)
})

test('a database without a recent dump, an empty one and one that cannot be read fail the check', async () => {
  await run('dumps.sh', { WORKERS: '1' })
  expect(await run('dumps-check.sh')).toMatchObject({ code: 0, out: expect.stringContaining('5 dumps;') })

  databases('aozora', 'minatogawa')
  expect(await run('dumps-check.sh')).toMatchObject({ code: 1, err: 'no dump since yesterday: minatogawa\n' })
  writeFileSync(join(dumped(), 'minatogawa'), '')
  expect(await run('dumps-check.sh')).toMatchObject({ code: 1, err: 'no dump since yesterday: minatogawa\n' })

  rmSync(dumped(), { recursive: true })
  databases('aozora')
  mkdirSync(dumped(), { recursive: true })
  writeFileSync(join(dumped(), 'aozora'), 'something else')
  expect(await run('dumps-check.sh')).toMatchObject({ code: 1 })
})

test('a restoration makes a database beside the one in use, of an institution or not, and says what came of it', async () => {
  const request = join(root, 'request')
  mkdirSync(request)
  mkdirSync(join(root, 'objects/dumps/2026/11/24'), { recursive: true })
  writeFileSync(join(root, 'databases'), 'aozora kura_aozora\n_identity keycloak\n')
  const restore = (institution: string) => {
    writeFileSync(join(request, 'institution'), institution)
    writeFileSync(join(request, 'day'), '2026/11/24')
    writeFileSync(join(root, 'objects/dumps/2026/11/24', institution), 'dump of it\n')
    return run('restore.sh', { REQUEST: request, CONTROL: 'kura' })
  }
  expect(await restore('aozora')).toMatchObject({
    code: 0,
    out: 'restored into kura_aozora_20261124\n3 items, the last changed never\n',
  })
  expect(await restore('_identity')).toMatchObject({ code: 0, out: 'restored into keycloak_20261124\n' })
  expect(await restore('nobody')).toMatchObject({ code: 1, err: 'nobody has no database here\n' })
  const asked = readFileSync(join(root, 'objects/asked'), 'utf8')
  expect(asked.match(/database if exists "(.*)"/g)).toEqual([
    'database if exists "kura_aozora_20261124"',
    'database if exists "keycloak_20261124"',
  ])
})

test('the newest physical backups are kept, and one that broke is neither kept nor counted', async () => {
  for (const old of [day(21), day(14), day(7)]) {
    mkdirSync(join(root, 'files', old))
    writeFileSync(join(root, 'files', old, 'base.tar.gz'), '')
  }
  expect((await run('physical.sh', { BREAK: 'yes' })).code).not.toBe(0)
  expect(existsSync(join(root, 'files', day()))).toBe(false)

  expect((await run('physical.sh')).code).toBe(0)
  expect(readdirSync(join(root, 'files')).sort()).toEqual([day(7), day()])
  expect((await run('physical-check.sh')).code).toBe(0)
})

test('a physical backup of more than eight days ago fails the check, and so does none', async () => {
  expect((await run('physical-check.sh')).code).toBe(1)
  mkdirSync(join(root, 'files', day(9)))
  expect((await run('physical-check.sh')).code).toBe(1)
})

test('an off-site run goes on after a part that failed, and says which', async () => {
  const env = { DUMPS: 'd', WAL: 'w', SNAPSHOTS: 's', TARGET: 't', BANDWIDTH: '1k', MOST: '5' }
  expect(await run('offsite.sh', { ...env, BREAK: 'sync' })).toMatchObject({
    code: 1,
    err: 'failed: sync --max-delete 5 store:w offsite:t/wal\nfailed: sync --max-delete 5 store:s offsite:t/snapshots\n',
  })
  const calls = readFileSync(join(root, 'objects/calls'), 'utf8').trim().split('\n')
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['copy', 'sync', 'sync', 'check', 'check', 'check'])
  for (const call of calls) expect(call).toContain('--bwlimit 1k')
  expect(calls[1]).toContain('--max-delete 5 store:w offsite:t/wal')
})

/** Elasticsearch, as far as snapshots are concerned: two repositories, of which one may refuse. */
async function elasticsearch(refuses?: string) {
  const snapshots = new Map<string, { status: string; start: number }>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://elasticsearch')
    const [, area, kind, repository = '', name = ''] = ['', ...pathname.slice(1).split('/')]
    if (request.headers.authorization !== `Basic ${btoa('snapshot:secret')}`) response.statusCode = 401
    else if (request.method === 'PUT') {
      const status = kind === refuses ? 'PARTIAL' : 'SUCCESS'
      snapshots.set(`${kind}/${repository}`, { status, start: Date.now() / 1000 })
      response.write(JSON.stringify({ snapshot: { state: status } }))
    } else if (request.method === 'DELETE') snapshots.delete(`${kind}/${repository}`)
    else if (area === '_cat')
      for (const [key, { status, start }] of snapshots)
        if (key.startsWith(`${repository}/`))
          response.write(
            `${key.split('/')[1]}${request.url?.includes('status') ? ` ${status}` : ''} ${Math.floor(start)}\n`,
          )
    request.resume()
    response.end(name)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  writeFileSync(join(root, 'curl'), 'user = "snapshot:secret"\n')
  writeFileSync(join(root, 'authority.crt'), '')
  return {
    snapshots,
    env: {
      URL: `http://127.0.0.1:${port}`,
      CREDENTIALS: join(root, 'curl'),
      AUTHORITY: join(root, 'authority.crt'),
      REPOSITORIES: 'objects files',
      KEEP: '7',
    },
    [Symbol.asyncDispose]: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

test('snapshots go to each repository, and what is older than is kept is removed', async () => {
  await using search = await elasticsearch()
  const aWeekAndMore = Date.now() / 1000 - 8 * 86_400
  search.snapshots.set('objects/kura-old', { status: 'SUCCESS', start: aWeekAndMore })
  search.snapshots.set('objects/by-hand', { status: 'SUCCESS', start: aWeekAndMore })
  expect(await run('snapshots-check.sh', search.env)).toMatchObject({ code: 1 })

  expect(await run('snapshots.sh', search.env)).toMatchObject({ code: 0 })
  const names = [...search.snapshots.keys()].map((key) => key.replace(/kura-\d.*/, 'today')).sort()
  expect(names).toEqual(['files/today', 'objects/by-hand', 'objects/today'])
  expect(await run('snapshots-check.sh', search.env)).toMatchObject({ code: 0 })
})

test('a snapshot that is partial fails, removes nothing old, and does not count', async () => {
  await using search = await elasticsearch('objects')
  search.snapshots.set('objects/kura-old', { status: 'SUCCESS', start: 1 })
  expect(await run('snapshots.sh', search.env)).toMatchObject({
    code: 1,
    err: expect.stringContaining('no snapshot in: objects'),
  })
  expect(search.snapshots.has('objects/kura-old')).toBe(true)
  expect(await run('snapshots-check.sh', search.env)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/objects: none within 26 hours\nfiles: kura-/),
  })
})

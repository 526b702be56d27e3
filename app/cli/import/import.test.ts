import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { temporaryFolder } from '../../../test/setup/folder.ts'
import { listed, oaiList } from '../../../test/support/oai-list.ts'
import { importInto, type Outcome } from './index.ts'

/** What an institution was sent: for an archive its entries, in order, with what they hold. */
interface Call {
  type: string | undefined
  authorization: string | undefined
  key: string | undefined
  mode: string | undefined
  entries: [path: string, content: string][]
  body: string
}

const imported = (source: string): Outcome => ({ source, status: 'imported', warnings: [], errors: [] })
const lines = (outcomes: unknown[]) => outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join('')
/** Every `.xml` but those in the folder of another. */
const sourcesOf = ({ entries }: Call) => {
  const paths = entries.map(([path]) => path).filter((path) => path.endsWith('.xml'))
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other.slice(0, -'.xml'.length)}/`)))
}

let calls: Call[] = []
/** Milliseconds that were waited between tries. */
let pauses: number[] = []
/** What the institution answers; by default that it imported every record. */
let answer: (call: Call) => Response

const institution = new Hono().post('/api/v1/imports', async (c) => {
  const body = Buffer.from(await c.req.arrayBuffer())
  const type = c.req.header('content-type')
  const call: Call = {
    type,
    authorization: c.req.header('authorization'),
    key: c.req.header('idempotency-key'),
    mode: c.req.query('mode'),
    entries: type === 'application/zip' ? await unzip(body) : [],
    body: body.toString(),
  }
  calls.push(call)
  return answer(call)
})

async function unzip(archive: Buffer) {
  const entries: [string, string][] = []
  const zip = await fromBufferPromise(archive, { lazyEntries: true })
  for await (const entry of zip.eachEntry())
    entries.push([entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString()])
  return entries
}

const server = createAdaptorServer({ fetch: institution.fetch }) as Server
let url: string
let folder: string
let remove: () => Promise<void>

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  url = `http://aozora.localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

beforeEach(async () => {
  calls = []
  pauses = []
  answer = (call) => new Response(lines(sourcesOf(call).map(imported)))
  const temporary = await temporaryFolder()
  folder = temporary.folder
  remove = temporary.remove
})
afterEach(() => remove())

async function files(contents: Record<string, string>) {
  for (const [path, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

const record = (...uris: string[]) =>
  `<jpcoar:jpcoar xmlns:jpcoar="urn:x">${uris.map((uri) => `<jpcoar:file><jpcoar:URI>${uri}</jpcoar:URI></jpcoar:file>`).join('')}</jpcoar:jpcoar>`

const pause = async (milliseconds: number) => {
  pauses.push(milliseconds)
}
const importAll = (...paths: string[]) =>
  Array.fromAsync(
    importInto(
      { url, token: 'a-token' },
      paths.map((path) => join(folder, path)),
      { pause },
    ),
  )

const sent = () => calls.map(({ entries }) => entries.map(([path]) => path))

describe('importing a folder', () => {
  it('sends every record with the files of its folder, by paths below the named folder', async () => {
    await files({
      'in/b.xml': record(),
      'in/2024/a.xml': record(),
      'in/2024/a/本文.pdf': 'one',
      'in/2024/a/data/table.xml': '<no-record/>',
      'in/2024/unrelated.txt': 'not named by anyone',
      'in/.hidden.xml': 'hidden',
    })
    expect(await importAll('in')).toEqual([imported('2024/a.xml'), imported('b.xml')])
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ type: 'application/zip', authorization: 'Bearer a-token' })
    expect(calls[0]?.entries).toEqual([
      ['2024/a.xml', record()],
      ['b.xml', record()],
      ['2024/a/data/table.xml', '<no-record/>'],
      ['2024/a/本文.pdf', 'one'],
    ])
  })

  it('sends a list of OAI-PMH that lies in it as it is, and the files of a record with it', async () => {
    const page = oaiList([listed('oai:old.example:1', 'One')])
    await files({ 'in/a.xml': record(), 'in/a/list.xml': page, 'in/pages/list.xml': page })
    answer = (call) =>
      new Response(
        lines(call.type === 'application/xml' ? [imported('oai:old.example:1')] : sourcesOf(call).map(imported)),
      )
    expect((await importAll('in')).map(({ source }) => source)).toEqual(['a.xml', 'oai:old.example:1'])
    expect(calls.map(({ type }) => type)).toEqual(['application/zip', 'application/xml'])
    expect(sent()[0]).toEqual(['a.xml', 'a/list.xml'])
  })

  it.each([
    ['a table with its files', { 'in/table.CSV': 'source,title\n', 'in/pdf/1.pdf': '1', 'in/pdf/x.xml': record() }],
    ['an RO-Crate', { 'in/ro-crate-metadata.json': '{}', 'in/data.xml': '<data/>', 'in/data.csv': '1' }],
  ])('sends %s as one archive', async (_, contents) => {
    await files(contents)
    answer = () => new Response(lines([imported('1')]))
    expect(await importAll('in')).toHaveLength(1)
    expect(calls.map(({ type }) => type)).toEqual(['application/zip'])
    const paths = Object.keys(contents).map((path) => path.slice('in/'.length))
    expect(sent()[0]?.sort()).toEqual(paths.sort())
  })

  it('takes a table that lies beside records for none of its own', async () => {
    await files({ 'in/a.xml': record(), 'in/notes.csv': 'x' })
    expect((await importAll('in')).map(({ source }) => source)).toEqual(['a.xml'])
    expect(sent()).toEqual([['a.xml']])
  })

  it('adds the files that a record names by relative addresses, written plainly or with escapes', async () => {
    await files({
      'in/r/a.xml': record('../shared/one.csv', 'two%20words.txt', 'https://aozora.example/three.txt', '/etc/hostname'),
      'in/shared/one.csv': '1',
      'in/r/two words.txt': '2',
    })
    await importAll('in')
    expect(sent()).toEqual([['r/a.xml', 'shared/one.csv', 'r/two words.txt']])
  })

  it('sends nothing from outside the named folder', async () => {
    await files({
      'in/a.xml': record('../secret.txt', 'x/../../secret.txt', '..%2fsecret.txt'),
      'secret.txt': 'secret',
    })
    await importAll('in')
    expect(sent()).toEqual([['a.xml']])
  })

  it('sends a record that is no XML all the same: to refuse it is for the institution', async () => {
    await files({ 'in/a.xml': 'no XML at all & never was' })
    await importAll('in')
    expect(sent()).toEqual([['a.xml']])
  })

  it('sends a file that two records name once', async () => {
    await files({ 'in/a.xml': record('f.txt'), 'in/b.xml': record('f.txt'), 'in/f.txt': 'f' })
    await importAll('in')
    expect(sent()).toEqual([['a.xml', 'b.xml', 'f.txt']])
  })

  it('splits many records into calls of five hundred', async () => {
    await files(
      Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`in/${String(n).padStart(3, '0')}.xml`, record()])),
    )
    expect(await importAll('in')).toHaveLength(501)
    expect(sent().map((paths) => paths.length)).toEqual([500, 1])
  })

  it('says so if there is no record', async () => {
    await files({ 'in/a.txt': '' })
    await expect(importAll('in')).rejects.toThrow('There is no record (.xml) in')
  })
})

describe('importing files', () => {
  it('takes a record by its base name, with its files', async () => {
    await files({ 'deep/in/a.xml': record(), 'deep/in/a/f.txt': 'f', 'deep/in/b.xml': record() })
    expect(await importAll('deep/in/a.xml')).toEqual([imported('a.xml')])
    expect(sent()).toEqual([['a.xml', 'a/f.txt']])
  })

  it('rejects a second record of the same source, and imports the others', async () => {
    await files({ 'one/a.xml': record(), 'two/a.xml': record(), 'two/b.xml': record() })
    const outcomes = await importAll('one', 'two')
    expect(outcomes).toEqual([
      imported('a.xml'),
      expect.objectContaining({ source: 'a.xml', status: 'rejected' }),
      imported('b.xml'),
    ])
    expect(outcomes[1]?.errors).toEqual([expect.objectContaining({ rule: 'import.duplicate' })])
  })

  it('keeps files of the same path in different folders apart', async () => {
    await files({ 'one/a.xml': record('f.txt'), 'one/f.txt': '1', 'two/b.xml': record('f.txt'), 'two/f.txt': '2' })
    await importAll('one', 'two')
    expect(calls.map(({ entries }) => entries[1])).toEqual([
      ['f.txt', '1'],
      ['f.txt', '2'],
    ])
  })

  it.each([
    ['records.ndjson', 'application/x-ndjson'],
    ['records.jsonl', 'application/x-ndjson'],
    ['records.csv', 'text/csv'],
    ['records.TSV', 'text/tab-separated-values'],
    ['records.json', 'application/json'],
  ])('sends %s as %s, as it is', async (name, type) => {
    await files({ [name]: '{"source":"s"}\n' })
    answer = () => new Response(lines([imported('s')]))
    expect(await importAll(name)).toEqual([imported('s')])
    expect(calls).toMatchObject([{ type, body: '{"source":"s"}\n' }])
  })

  it('sends a list of OAI-PMH as it is', async () => {
    const page = oaiList([listed('oai:old.example:1', 'One'), listed('oai:old.example:2', 'Two')])
    await files({ 'page.xml': page })
    answer = () => new Response(lines(['1', '2'].map((local) => imported(`oai:old.example:${local}`))))
    expect(await importAll('page.xml')).toHaveLength(2)
    expect(calls).toMatchObject([{ type: 'application/xml', body: page }])
  })

  it.each([
    ['missing.xml', 'There is no file or folder'],
    ['a.txt', 'cannot be imported'],
  ])('refuses %s', async (name, sentence) => {
    await files({ 'a.txt': '' })
    await expect(importAll(name)).rejects.toThrow(sentence)
  })
})

describe('the answer', () => {
  beforeEach(() => files({ 'a.xml': record() }))

  it('is yielded as it comes, before it is complete', async () => {
    const gate = Promise.withResolvers<void>()
    await files({ 'b.xml': record() })
    answer = () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode(lines([imported('a.xml')])))
            await gate.promise
            controller.enqueue(new TextEncoder().encode(lines([imported('b.xml')])))
            controller.close()
          },
        }),
      )
    const outcomes = importInto({ url, token: 't' }, [folder])
    expect((await outcomes.next()).value).toEqual(imported('a.xml'))
    gate.resolve()
    expect((await outcomes.next()).value).toEqual(imported('b.xml'))
  })

  it('may hold line separators that JSON allows within a text', async () => {
    const outcome = { ...imported('a.xml'), warnings: [{ rule: 'r', path: '/', message: 'one\u2028two' }] }
    answer = () => new Response(lines([outcome]))
    expect(await importAll('a.xml')).toEqual([outcome])
  })

  it('is shown in the words of the institution if the whole call fails', async () => {
    answer = () =>
      Response.json(
        { title: 'Not allowed', detail: 'This token may not import.', status: 403 },
        { status: 403, headers: { 'content-type': 'application/problem+json' } },
      )
    await expect(importAll('a.xml')).rejects.toThrow('Not allowed: This token may not import.')
  })

  it('is an error if it names fewer records than were sent', async () => {
    answer = () => new Response('')
    await expect(importAll('a.xml')).rejects.toThrow('Of 1 records sent, the answer names 0')
  })
})

describe('a call that breaks off', () => {
  beforeEach(() => files({ 'a.xml': record(), 'b.xml': record() }))

  /** Answers for the first records, and then nothing more. */
  const broken = (...outcomes: Outcome[]) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(lines(outcomes)))
          setTimeout(() => server.closeAllConnections(), 50)
        },
      }),
    )
  const both = [imported('a.xml'), imported('b.xml')]

  it('is sent again with its key, and what it answers again is not told twice', async () => {
    const answers = [() => broken(imported('a.xml')), () => broken(imported('a.xml')), () => new Response(lines(both))]
    answer = () => (answers.shift() as () => Response)()
    expect(await importAll('.')).toEqual(both)
    expect(sent()).toEqual(Array(3).fill(['a.xml', 'b.xml']))
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1)
    expect(calls[0]?.key).toMatch(/^"[0-9a-f-]{36}"$/)
    expect(pauses).toEqual([1_000, 2_000])
  })

  it('has a key of its own, other than that of any other call', async () => {
    await importAll('.')
    await importAll('.')
    expect(new Set(calls.map(({ key }) => key)).size).toBe(2)
  })

  it('names the new address where the institution has moved, and is not sent there with its token', async () => {
    await files({ 'in/a.xml': record() })
    const location = 'https://moved.example/api/v1/imports?'
    answer = () => new Response(null, { status: 301, headers: { location } })
    await expect(importAll('in')).rejects.toThrow('answers at https://moved.example now')
    expect([calls.length, pauses]).toEqual([1, []])
  })

  it('is given up when it comes no further', async () => {
    answer = () => broken(imported('a.xml'))
    await expect(importAll('.')).rejects.toThrow('broke off')
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('is sent again when the institution says that it cannot be had now, after as long as that asks for', async () => {
    const busy = (status: number, asked: string) =>
      Response.json(
        { title: 'Busy', status },
        { status, headers: { 'content-type': 'application/problem+json', 'retry-after': asked } },
      )
    const answers = [
      () => busy(409, '7'),
      () => busy(503, new Date(Date.now() - 5_000).toUTCString()),
      () => busy(429, '86400'),
      () => busy(502, 'later'),
      () => new Response(lines(both)),
    ]
    answer = () => (answers.shift() as () => Response)()
    expect(await importAll('.')).toEqual(both)
    expect(pauses).toEqual([7_000, 0, 300_000, 8_000])
  })
})

describe('kura import', () => {
  const kura = async (args: string[], env: Record<string, string>) => {
    const child = spawn('node', ['tools/run.mjs', 'app/cli/kura.ts', 'import', ...args], {
      env: { PATH: process.env.PATH, INIT_CWD: folder, ...env },
    })
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { stdout, stderr, code }
  }
  const local = (tenants: object) =>
    files({ 'state/local.json': JSON.stringify({ url: 'http://localhost:1', tenants }) })
  const state = () => ({ KURA_STATE: join(folder, 'state') })

  it('finds the local instance, and closes with one line of JSON', async () => {
    await files({ 'in/a.xml': record() })
    await local({ aozora: { url, adminToken: 'kura_x' } })
    const { stdout, code } = await kura(['--tenant', 'aozora', 'in'], state())
    expect(JSON.parse(stdout)).toEqual({
      imported: 1,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      seconds: expect.any(Number),
    })
    expect(stdout.split('\n')).toHaveLength(2)
    expect(code).toBe(0)
    expect(calls[0]?.authorization).toBe('Bearer kura_x')
  })

  it('only checks, and says so in its last line', async () => {
    await files({ 'in/a.xml': record() })
    const { stdout, code } = await kura(['--tenant', 'aozora', '--check', 'in'], { KURA_URL: url, KURA_TOKEN: 't' })
    expect(JSON.parse(stdout)).toMatchObject({ check: true, imported: 1, rejected: 0 })
    expect(code).toBe(0)
    expect(calls.map(({ mode }) => mode)).toEqual(['check'])
  })

  it('lists what was rejected and why, and then fails', async () => {
    await files({ 'in/a.xml': record() })
    const errors = [{ rule: 'record.term', path: 'dc:type[1]', message: 'is "poem"' }]
    answer = () => new Response(lines([{ source: 'a.xml', status: 'rejected', warnings: [], errors }]))
    const { stdout, stderr, code } = await kura(['--tenant', 'aozora', 'in'], { KURA_URL: `${url}/`, KURA_TOKEN: 't' })
    expect(stderr).toContain('rejected: a.xml\n  dc:type[1]: is "poem" (record.term)\n')
    expect(JSON.parse(stdout)).toMatchObject({ imported: 0, rejected: 1 })
    expect(code).toBe(1)
  })

  it('says in one sentence that nothing runs', async () => {
    await files({ 'a.xml': record() })
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const closed = `http://aozora.localhost:${(other.address() as AddressInfo).port}`
    other.close()
    const { stderr, code } = await kura(['--tenant', 'aozora', 'a.xml'], { KURA_URL: closed, KURA_TOKEN: 't' })
    expect(stderr).toContain(`Nothing answers at ${closed}. Is "npm start" running?`)
    expect(code).toBe(1)
  })

  it.each([
    ['no instance was started', [], {}, 'start an instance with "npm start"'],
    ['there is only half of an address', [], { KURA_URL: 'http://aozora.localhost:1' }, 'only of use together'],
    ['the institution is unknown', ['hidamari'], {}, 'knows no institution "aozora"; it knows hidamari.'],
  ])('says in one sentence that %s', async (_, tenants, env, sentence) => {
    await files({ 'a.xml': record() })
    if (tenants.length > 0) await local(Object.fromEntries(tenants.map((id) => [id, { url, adminToken: 't' }])))
    const { stderr, code } = await kura(['--tenant', 'aozora', 'a.xml'], { ...state(), ...env })
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(1)
  })
})

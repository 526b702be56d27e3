import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, minimal, minimalXml } from './support/depositor.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { type Server, serve } from './support/server.ts'
import { zipOf } from './support/zip.ts'

/** Bytes on a connection, as no client would send them, and uploads that end half-way. */

let kura: Institutions
let server: Server
let [id, other] = ['', '']
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['bytes', 'other'])
  server = await serve(kura)
  ;[id, other] = kura.ids as [string, string]
  token = await kura.token(id, 'import', 'items:write')
  await depositor(kura, id, token).lines({ source: 'first', record: minimal('First') })
  const theirs = await kura.token(other, 'import')
  await depositor(kura, other, theirs).lines({ source: 'theirs', record: minimal('Kingfisher') })
})
afterAll(async () => {
  await server.close()
  await kura.close()
})

/** Sends bytes and hears what comes until the connection ends, or nothing more does. */
async function say(bytes: string | Uint8Array): Promise<string> {
  const socket = await dial()
  socket.write(bytes)
  await Promise.race([once(socket, 'end'), once(socket, 'close'), quiet(socket)])
  socket.destroy()
  return Buffer.concat(heard.get(socket) as Buffer[]).toString()
}

const heard = new WeakMap<Socket, Buffer[]>()
async function dial(): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const chunks: Buffer[] = []
  heard.set(socket, chunks)
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
  return socket
}
async function quiet(socket: Socket) {
  for (let length = -1; ; ) {
    await setTimeout(150)
    const now = (heard.get(socket) as Buffer[]).length
    if (now > 0 && now === length) return
    length = now
  }
}

const get = (target: string, headers: string[] = [`Host: ${id}.example`]) =>
  say([`GET ${target} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'))
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])
const stillAnswers = async () => expect((await server.send(id, { path: '/items/1' })).text).toContain('First')

describe('what is no request', () => {
  it.each<[string, number, string]>([
    ['noise', 400, '\u0000\u0001\u0002\r\n\r\n'],
    ['words', 400, 'hello\r\n\r\n'],
    ['an unknown method', 400, 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an unknown version', 400, 'GET / HTTP/7.3\r\nHost: x\r\n\r\n'],
    ['no host', 400, 'GET / HTTP/1.1\r\n\r\n'],
    ['a header without a name', 400, 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
    ['a NUL in a header', 400, 'GET / HTTP/1.1\r\nHost: x\r\nx: a\u0000b\r\n\r\n'],
    ['two lengths', 400, 'POST /oai HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a length that is none', 400, 'POST /oai HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    [
      'a length and chunks',
      400,
      'POST /oai HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a long address', 431, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a long header', 431, `GET / HTTP/1.1\r\nHost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['many headers', 431, `GET / HTTP/1.1\r\nHost: x\r\n${'x: a\r\n'.repeat(5_000)}\r\n`],
  ])('is refused with a reason: %s', async (_, status, bytes) => {
    const answer = await say(bytes)
    expect(statusOf(answer)).toBe(status)
    // Of a request without a Host, Node itself says no more than that it is bad.
    if (bytes.includes('Host')) expect(answer).toMatch(/understood: .{8,}\.\n$/)
    await stillAnswers()
  })
})

describe('a Host', () => {
  it.each([
    ...[
      'localhost',
      'x',
      '.',
      '..',
      '*',
      '%00',
      '[::1]',
      '127.0.0.1:80',
      'ID.example.evil.example',
      'evil.example/ID.example',
    ],
    ...[
      'user@ID.example',
      'ID.example@evil.example',
      'ID.example/..',
      'ID.example#',
      'ID.example:80:80',
      'ID.example, x',
    ],
    ...['ID.example\\', 'ID.example?', '"ID.example"', 'xn--ID.example', 'ID%2eexample', 'ID.example\u00a0'],
  ])('that is nobody’s shows nothing of anybody: %s', async (host) => {
    const answer = await get('/items/1', [`Host: ${host.replace('ID', id)}`])
    expect([400, 404]).toContain(statusOf(answer))
    expect(answer).toMatch(/There is no repository at this address|cannot be understood/)
    expect(answer).not.toContain('First')
  })

  it('in capitals, with a port, is the institution’s', async () => {
    for (const host of [`${id.toUpperCase()}.EXAMPLE`, `${id}.example:8080`])
      expect(await get('/items/1', [`Host: ${host}`])).toContain('First')
  })

  it('decides alone, whatever address stands before it', async () => {
    for (const target of [`http://${other}.example/items/1`, `//${other}.example/items/1`, `/items/1@${other}.example`])
      expect(await get(target)).not.toContain('Kingfisher')
    expect(await get('/items/1', [`Host: ${id}.example`, `Host: ${other}.example`])).not.toContain('Kingfisher')
  })
})

describe('a path', () => {
  it.each([
    ...[
      '/items/1/files/../../../../etc/passwd',
      '/items/1/files/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/items/1/files/..%2f..%2f',
    ],
    ...[
      '/items/1/files/%00',
      '/items/1/files/%ff',
      '/items/1/files/%c0%ae%c0%ae/',
      '/items/1/files/a%0d%0aset-cookie:x',
      '/%',
    ],
    ...[
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/app.ts',
      '//',
      '/\u00e9',
      '/items/%31%00',
      '/items/1%2f',
      '*',
      '?',
    ],
    ...['/items/1;x=1', '/items//1', '/ITEMS/1', '/items/01', '/items/+1', '/items/1e0', '/items/９'],
  ])('that leads nowhere is not found: %s', async (target) => {
    const answer = await say(
      Buffer.from(`GET ${target} HTTP/1.1\r\nHost: ${id}.example\r\nConnection: close\r\n\r\n`, 'latin1'),
    )
    expect([400, 404]).toContain(statusOf(answer))
    expect(answer.toLowerCase()).not.toMatch(/root:|"dependencies"|\r\nset-cookie/)
    await stillAnswers()
  })
})

describe('an upload that is cut half-way', () => {
  const head = (type: string, length: number, path = '/api/v1/imports') =>
    [
      `POST ${path} HTTP/1.1`,
      `Host: ${id}.example`,
      `Authorization: Bearer ${token}`,
      `Content-Type: ${type}`,
      `Content-Length: ${length}`,
      '',
      '',
    ].join('\r\n')
  const sources = async () => {
    const rows = await kura.tenant(id).db.selectFrom('item').select(['source', 'status']).execute()
    return rows.map(({ source }) => source).filter((source) => source?.startsWith('cut'))
  }
  const scratches = async () => await readdir(join(kura.folder, 'scratch/uploads'))

  it('keeps of lines what was answered, and nothing of the line under way', async () => {
    const lines = [0, 1, 2].map((i) => `${JSON.stringify({ source: `cut-${i}`, record: minimal(`Cut ${i}`) })}\n`)
    const all = lines.join('')
    const socket = await dial()
    socket.write(head('application/x-ndjson', Buffer.byteLength(all)) + lines[0] + lines[1] + lines[2]?.slice(0, 30))
    await expect.poll(() => Buffer.concat(heard.get(socket) as Buffer[]).toString()).toMatch(/cut-0[\s\S]*cut-1/)
    socket.destroy()
    await stillAnswers()
    expect(await sources()).toEqual(['cut-0', 'cut-1'])
    const staff = depositor(kura, id, token)
    const again = await staff.lines(...lines.map((line) => JSON.parse(line)))
    expect(again.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'imported'])
  })

  it.each<[string, () => Promise<Uint8Array>, string]>([
    [
      'application/zip',
      () => zipOf({ 'cut-zip.xml': minimalXml('Cut'), 'cut-zip/a.bin': new Uint8Array(500_000) }),
      '',
    ],
    ['application/xml', async () => Buffer.from(minimalXml('Cut')), '?source=cut-xml'],
  ])('brings nothing of %s', async (type, make, query) => {
    const body = await make()
    const before = await sources()
    const socket = await dial()
    socket.write(head(type, body.length, `/api/v1/imports${query}`))
    socket.write(body.subarray(0, body.length / 2))
    await setTimeout(200)
    socket.destroy()
    await setTimeout(200)
    await stillAnswers()
    expect(await sources()).toEqual(before)
    // What came is on no disk any more.
    expect(await scratches()).toEqual([])
  })
})

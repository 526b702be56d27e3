import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PORTS } from '../../infra/repositories/configuration.ts'
import { freePort } from '../../tools/ports.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { writeNginx } from '../support/nginx.ts'

const hasNginx = spawnSync('nginx', ['-v']).status === 0

interface Seen {
  method: string
  url: string
  headers: IncomingHttpHeaders
  bytes: number
}

/** The real program with its real configuration; ports and folders are this machine's, the application a stand-in. */
describe.skipIf(!hasNginx)('nginx beside the application', () => {
  let folder: string
  let remove: () => Promise<void>
  let nginx: ChildProcess
  let ports: typeof PORTS
  const servers: Server[] = []
  const asked: Seen[] = []
  const fetched: Seen[] = []
  /** Addresses of requests, as soon as their headers are here. */
  const begun: string[] = []
  /** Requests for /slow wait for this. */
  const slow = Promise.withResolvers<void>()

  async function serve(port: number, seen: Seen[], answer: Parameters<typeof createServer>[1] & object) {
    const server = createServer(async (incoming, response) => {
      const { method = '', url = '', headers } = incoming
      begun.push(url)
      seen.push({ method, url, headers, bytes: (await buffer(incoming)).length })
      answer(incoming, response)
    })
    servers.push(server)
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  beforeAll(async () => {
    const temporary = await temporaryFolder()
    folder = temporary.folder
    remove = temporary.remove
    const [web, application, probe] = await Promise.all([1, 2, 3].map(() => freePort('127.0.0.1')))
    ports = { ...PORTS, web: web as number, application: application as number, nginx: probe as number }
    const objects = await serve(0, fetched, (incoming, response) => {
      if (incoming.url?.startsWith('/bucket/missing')) return response.writeHead(403).end('<Error>bucket</Error>')
      const ranged = incoming.headers.range === 'bytes=0-1'
      response.writeHead(ranged ? 206 : 200, ranged ? { 'content-range': 'bytes 0-1/5' } : {})
      return response.end(ranged ? 'by' : 'bytes')
    })
    await serve(ports.application, asked, async (incoming, response) => {
      const [, redirected] = /^\/download\/(.*)$/.exec(incoming.url ?? '') ?? []
      if (incoming.url === '/slow') await slow.promise
      if (incoming.headers['x-handed-back']) response.statusCode = 503
      else if (redirected)
        response.writeHead(200, {
          'x-accel-redirect': `/_objects/bucket/${redirected}?X-Amz-Signature=a%2Fb`,
          'content-type': 'text/plain',
          'content-disposition': 'attachment; filename="a.txt"',
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          ...(incoming.headers.range && { 'x-object-range': 'bytes=0-1' }),
        })
      else if (incoming.url?.endsWith('/large'))
        return response
          .writeHead(200, {
            'content-type': incoming.url.startsWith('/api/') ? 'application/json' : 'text/html; charset=utf-8',
            etag: '"7"',
          })
          .end('x'.repeat(50_000))
      else response.setHeader('cache-control', incoming.url?.startsWith('/assets/') ? 'max-age=3600' : 'no-store')
      response.end('from the application')
    })
    const file = await writeNginx(folder, { upload: 2 / 1024, objects: `http://127.0.0.1:${objects}`, ports })
    nginx = spawn('nginx', ['-e', 'stderr', '-c', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await vi.waitFor(
      async () => expect((await fetch(`http://127.0.0.1:${ports.nginx}/healthz`)).status).toBe(204),
      10_000,
    )
  })
  afterAll(async () => {
    // Killed, it would leave its workers.
    nginx.kill('SIGTERM')
    await once(nginx, 'exit')
    for (const server of servers) server.close()
    await remove()
  })

  const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${ports.web}${path}`, init)
  const last = (seen: Seen[]) => seen.at(-1) as Seen

  test('finds no fault in its configuration', () => {
    expect(() => execFileSync('nginx', ['-t', '-c', join(folder, 'nginx.conf')], { stdio: 'pipe' })).not.toThrow()
  })

  test('passes on host, path and query as they came, and the address that the gateway vouches for', async () => {
    const sent = request({
      port: ports.web,
      host: '127.0.0.1',
      path: '/search?q=%E6%B0%B4&x=a%2Fb',
      headers: { host: 'Repository.example', 'x-forwarded-for': '192.0.2.66, 198.51.100.7, 10.0.3.4' },
    })
    sent.end()
    const [response] = await once(sent, 'response')
    expect(await text(response)).toBe('from the application')
    expect(response.headers.server).toBe('nginx')
    expect(last(asked)).toMatchObject({
      url: '/search?q=%E6%B0%B4&x=a%2Fb',
      headers: { host: 'repository.example', 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' },
    })
  })

  test('takes an upload whole before the application hears of it', async () => {
    const before = asked.length
    const sent = request({ port: ports.web, host: '127.0.0.1', path: '/api/v1/imports', method: 'POST' })
    sent.write(Buffer.alloc(500_000))
    await sleep(300)
    expect(asked.length).toBe(before)
    sent.end(Buffer.alloc(500_000))
    const [response] = await once(sent, 'response')
    expect(response.statusCode).toBe(200)
    expect(last(asked)).toMatchObject({ bytes: 1_000_000, headers: { 'content-length': '1000000' } })
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
  })

  test('passes parts of a file on as they arrive', async () => {
    const path = '/api/v1/items/7/uploads/0b1c7e9e-0000-4000-8000-000000000000'
    const sent = request({ port: ports.web, host: '127.0.0.1', path, method: 'PATCH' })
    sent.write(Buffer.alloc(500_000))
    await expect.poll(() => begun.includes(path)).toBe(true)
    sent.end(Buffer.alloc(500_000))
    const [response] = await once(sent, 'response')
    expect(response.statusCode).toBe(200)
    expect(last(asked)).toMatchObject({ url: path, bytes: 1_000_000 })
    // No larger than what is sent in one go, and nothing beside it.
    expect((await ask(path, { method: 'PATCH', body: Buffer.alloc(3 * 2 ** 20) })).status).toBe(413)
    await ask('/api/v1/items/7/uploadsx', { method: 'POST', body: 'x' })
    expect(last(asked).url).toBe('/api/v1/items/7/uploadsx')
  })

  test('refuses what is larger than any institution may send, and elsewhere what is no form', async () => {
    const before = asked.length
    const large = await ask('/api/v1/imports', { method: 'POST', body: Buffer.alloc(3 * 2 ** 20) })
    expect([large.status, large.headers.get('content-type')]).toEqual([413, 'application/problem+json'])
    expect(await large.json()).toMatchObject({ status: 413, title: 'Too large' })
    expect((await ask('/oai', { method: 'POST', body: Buffer.alloc(2 * 2 ** 20) })).status).toBe(413)
    expect(asked.length).toBe(before)
  })

  test('keeps what may be kept, for each host by itself', async () => {
    const assets = () => asked.filter(({ url }) => url.startsWith('/assets/')).length
    for (let i = 0; i < 3; i++) expect((await ask('/assets/kura.0.css')).status).toBe(200)
    expect(assets()).toBe(1)
    await ask('/pages')
    await ask('/pages')
    expect(asked.filter(({ url }) => url === '/pages')).toHaveLength(2)
  })

  test('sends pages compressed, and what the API answers with the ETag that changes are bound to', async () => {
    const page = await ask('/large', { headers: { 'accept-encoding': 'gzip' } })
    expect(page.headers.get('content-encoding')).toBe('gzip')
    expect(page.headers.get('vary')).toMatch(/Accept-Encoding/i)
    expect(await page.text()).toHaveLength(50_000)
    const settings = await ask('/api/v1/large', { headers: { 'accept-encoding': 'gzip' } })
    expect([settings.headers.get('content-encoding'), settings.headers.get('etag')]).toEqual([null, '"7"'])
  })

  test('hands a download over to object storage, with what the application said and without what the reader did', async () => {
    const headers = { authorization: 'Bearer secret', cookie: 'a=b', range: 'bytes= 0 - 1' }
    const answer = await ask('/download/0000-key', { headers })
    expect([answer.status, await answer.text()]).toEqual([206, 'by'])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': 'attachment; filename="a.txt"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-range': 'bytes 0-1/5',
    })
    const { url, headers: sent } = last(fetched)
    expect(url).toBe('/bucket/0000-key?X-Amz-Signature=a%2Fb')
    expect(sent).toEqual({ host: expect.stringMatching(/^127\.0\.0\.1:\d+$/), range: 'bytes=0-1', connection: 'close' })
  })

  test('gives away neither the way to object storage nor what it says', async () => {
    const before = fetched.length
    await ask('/_objects/bucket/0000-key?X-Amz-Signature=a')
    expect(last(asked).url).toBe('/_objects/bucket/0000-key?X-Amz-Signature=a')
    expect(fetched.length).toBe(before)
    const failed = await ask('/download/missing')
    expect([failed.status, await failed.text()]).toEqual([503, 'from the application'])
    expect(last(asked)).toMatchObject({ url: '/download/missing', headers: { 'x-handed-back': '1' } })
  })

  test('lets nobody say that something was handed back', async () => {
    expect((await ask('/download/0000-key', { headers: { 'x-handed-back': '1' } })).status).toBe(200)
    expect(asked.filter(({ url }) => url === '/download/0000-key').at(-1)?.headers).not.toHaveProperty('x-handed-back')
  })

  test('answers so many requests of one address at a time, and others besides', async () => {
    const from = (address: string) => ask('/slow', { headers: { 'x-forwarded-for': address } })
    const held = Array.from({ length: 100 }, () => from('198.51.100.9'))
    await expect.poll(() => asked.filter(({ url }) => url === '/slow').length).toBe(100)
    expect((await from('198.51.100.9')).status).toBe(429)
    const other = from('198.51.100.10')
    await expect.poll(() => asked.filter(({ url }) => url === '/slow').length).toBe(101)
    slow.resolve()
    for (const answer of await Promise.all([...held, other])) expect(answer.status).toBe(200)
  })

  test('answers programs and readers in their own ways when the application is gone', async () => {
    servers[1]?.close()
    servers[1]?.closeAllConnections()
    await once(servers[1] as Server, 'close').catch(() => {})
    const answer = await ask('/api/v1/search')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
    const page = await ask('/items/1')
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
    for (const { headers } of [answer, page]) expect(headers.get('retry-after')).toBe('30')
  })
})

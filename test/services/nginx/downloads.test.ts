import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DOWNLOADS } from '../../../infra/repositories/configuration.ts'
import { freePort } from '../../../tools/ports.ts'
import { startPostgres } from '../../../tools/postgres/index.ts'
import { temporaryFolder } from '../../setup/folder.ts'
import { minimalXml } from '../../support/depositor.ts'
import { type Instance, startInstance } from '../../support/instance.ts'
import { certify } from '../certify.ts'
import { runNameServer } from '../names.ts'
import { startNginx } from '../nginx.ts'
import { needPackages } from '../packages.ts'
import { type RefusingProxy, runRefusingProxy } from '../refusing-proxy.ts'
import { type Answer, type Asked, ask, open } from '../requests.ts'
import { BUCKET, KEYS, REGION, runS3, type S3Server } from '../s3.ts'

const MIB = 2 ** 20
const LARGE = 400 * MIB

const closing = new AsyncDisposableStack()
let s3: S3Server
let objects: RefusingProxy
let kura: Instance
/** nginx's settings, for another beside it. */
let args: Omit<Parameters<typeof startNginx>[0], 'port' | 'application'>
let [port, host, authorization] = [0, '', '']
/** The item whose files are asked for. */
let item = ''

const put = (name: string, body: NonNullable<Asked['body']>, type = 'application/octet-stream') =>
  ask(port, `/api/v1${item}/files/${encodeURIComponent(name)}`, {
    method: 'PUT',
    headers: { host, authorization, 'content-type': type, 'if-none-match': '*' },
    body,
  })

/** So many bytes that nobody holds at once. */
const bytesOf = (size: number) => {
  const piece = Buffer.allocUnsafe(64 * 1024).map((_, index) => index % 251)
  return Readable.from(
    (function* () {
      for (let sent = 0; sent < size; sent += piece.length) yield piece
    })(),
  )
}
async function digest(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

beforeAll(async () => {
  await needPackages('openssl')
  const { folder, remove } = await temporaryFolder()
  closing.defer(remove)
  await certify(folder)
  const [cert, key] = await Promise.all(['tls.crt', 'tls.key'].map((name) => readFile(join(folder, name), 'utf8')))
  s3 = await runS3()
  closing.defer(() => s3.close())
  objects = await runRefusingProxy(s3.port, { cert: cert as string, key: key as string })
  closing.defer(() => objects.close())
  const names = await runNameServer()
  closing.defer(() => names.close())

  const authorities = join(folder, 'ca.crt')
  args = { objects: objects.endpoint, resolver: names.address, authorities }
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    durable: false,
  })
  closing.defer(() => postgres.stop())
  kura = await startInstance(join(folder, 'state'), {
    postgres,
    database: { host: postgres.host, port: postgres.port, tls: false },
    services: {
      config: {
        objects: { kind: 's3', endpoint: objects.endpoint, region: REGION, bucket: BUCKET, downloads: DOWNLOADS },
      },
      secrets: { 'objects/id': KEYS[0].id, 'objects/secret': KEYS[0].secret },
    },
    environment: { NODE_EXTRA_CA_CERTS: authorities },
    front: async (port, web) => {
      const nginx = await startNginx({ port, application: web, ...args })
      closing.defer(() => nginx.close())
    },
  })
  closing.defer(() => kura.end())
  const { url, adminToken } = kura.local.tenants.misaki as { url: string; adminToken: string }
  port = Number(new URL(url).port)
  host = new URL(url).host
  authorization = `Bearer ${adminToken}`

  const imported = await ask(port, '/api/v1/imports?source=downloads', {
    method: 'POST',
    headers: { host, authorization, 'content-type': 'application/xml' },
    body: minimalXml('With many files'),
  })
  item = `/items/${JSON.parse(imported.body.toString()).item.number}`
  for (const [name, body, type] of [
    ['digits.txt', '0123456789', 'text/plain'],
    ['潮汐 の"記録".pdf', '%PDF-1.4', 'application/pdf'],
    ['page.html', '<script>alert(1)</script>', 'text/html'],
    ['empty.txt', '', 'text/plain'],
    ['medium.bin', Buffer.alloc(8 * MIB, 'medium'), 'application/octet-stream'],
    ['lost.txt', 'lost', 'text/plain'],
  ] as const)
    expect((await put(name, body, type)).status, name).toBe(201)
})
afterAll(() => closing.disposeAsync())
afterEach(() => objects.behave({}))

const file = (name: string) => `${item}/files/${encodeURIComponent(name)}`
const get = (name: string, headers: Record<string, string> = {}) =>
  ask(port, file(name), { headers: { host, ...headers } })

/** Headers that are a request's own, and those that speak of the connection; what SeaweedFS alone would say is none. */
const OWN = ['connection', 'date', 'keep-alive', 'ratelimit', 'server', 'transfer-encoding', 'x-request-id']
/** A page names the request that it answers, and a list the moment. */
const EACH_TIME = /<responseDate>[^<]+|<updated>[^<]+|<code>[\da-f-]{36}/g
const compared = ({ status, headers: { vary = '', ...headers }, body }: Answer) => ({
  status,
  headers: Object.fromEntries(
    Object.entries(headers).filter(([name]) => !OWN.includes(name) && !/^seaweed-/.test(name)),
  ),
  // In no order, and with what nginx says where it could compress.
  vary: [...new Set([...vary.toString().split(', '), 'Accept-Encoding'].filter(Boolean))].sort(),
  body: body.toString('latin1').replaceAll(EACH_TIME, ''),
})

describe('a request through nginx', () => {
  /** What the application says when it is asked past nginx, and may not hand anything over. */
  async function both(path: string, { headers = {}, ...rest }: Asked = {}) {
    const through = await ask(port, path, { headers: { host, ...headers }, ...rest })
    const past = { host, 'x-forwarded-for': '127.0.0.1', 'x-handed-back': '1', ...headers }
    return [compared(through), compared(await ask(kura.port, path, { headers: past, ...rest }))]
  }

  const etag = async () => (await get('digits.txt')).headers.etag as string
  const asked: [
    what: string,
    headers: () => Promise<Record<string, string>> | Record<string, string>,
    status: number,
  ][] = [
    ['as it is', () => ({}), 200],
    ['in part', () => ({ range: 'bytes=3-5' }), 206],
    ['from a byte on', () => ({ range: 'bytes=7-' }), 206],
    ['by its end', () => ({ range: 'bytes=-4' }), 206],
    ['by more than its end', () => ({ range: 'bytes=5-500' }), 206],
    ['in several parts', () => ({ range: 'bytes=0-1, 4-5' }), 200],
    ['in a range that is none', () => ({ range: 'bytes=5-3' }), 200],
    ['beyond its end', () => ({ range: 'bytes=10-' }), 416],
    ['where it is known', async () => ({ 'if-none-match': await etag() }), 304],
    ['in part, where it is the same', async () => ({ range: 'bytes=0-0', 'if-range': await etag() }), 206],
    ['in part, where it is another', () => ({ range: 'bytes=0-0', 'if-range': '"another"' }), 200],
    ['where it is another', () => ({ 'if-match': '"another"' }), 412],
    ['compressed', () => ({ 'accept-encoding': 'gzip' }), 200],
    ['by a page of another site', () => ({ origin: 'https://elsewhere.example' }), 200],
    ['with a header of nginx’s', () => ({ 'x-accel-redirect': `${DOWNLOADS}/${BUCKET}/a` }), 200],
  ]
  it.each(asked)('for a file %s is answered as by the application', async (_, headersOf, status) => {
    const headers = await headersOf()
    for (const method of ['GET', 'HEAD']) {
      const [through, past] = await both(file('digits.txt'), { method, headers })
      expect(through).toEqual(past)
      expect(through?.status).toBe(status)
    }
  })

  it.each(['潮汐 の"記録".pdf', 'page.html', 'empty.txt', 'nothing.txt'])('for %s is, too', async (name) => {
    for (const method of ['GET', 'HEAD']) {
      const [through, past] = await both(file(name), { method })
      expect(through).toEqual(past)
    }
  })

  it('for a file under embargo is refused, and goes nowhere near object storage', async () => {
    const results = await ask(port, '/search?access=embargoed%20access', { headers: { host } })
    const [, number] = /href="(?:https?:\/\/[^"/]+)?\/items\/(\d+)"/.exec(results.body.toString()) ?? []
    const { files } = JSON.parse((await ask(port, `/api/v1/items/${number}`, { headers: { host } })).body.toString())
    const { pathname } = new URL(files[0].url)
    const [through, past] = await both(pathname)
    expect(through).toEqual(past)
    expect(through?.status).toBe(403)
  })

  it.each([
    '/search?q=a%2Fb&lang=en',
    '/nothing/at/all',
    '/api/v1/items/999',
    '/robots.txt',
    '/sitemap.xml',
    '/feed.atom',
    '/records/1',
    '/oai?verb=Identify',
  ])('for %s is answered as by the application', async (path) => {
    const [through, past] = await both(path)
    expect(through).toEqual(past)
  })

  it('for style sheets and scripts is answered as by the application, from what nginx has kept too', async () => {
    const home = (await ask(port, '/', { headers: { host } })).body.toString()
    const paths = [...home.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path as string)
    expect(paths.length).toBeGreaterThan(1)
    for (const path of paths)
      for (const encoding of ['gzip', 'identity'])
        for (const _ of ['first', 'kept']) {
          const [through, past] = await both(path, { headers: { 'accept-encoding': encoding } })
          // What the application leaves as it is (a theme), nginx may compress.
          if (through?.headers['content-encoding'] === past?.headers['content-encoding']) expect(through).toEqual(past)
          expect(through?.headers['cache-control']).toBe('public, max-age=31536000, immutable')
        }
  })
})

describe('files through nginx', () => {
  const medium = createHash('sha256')
    .update(Buffer.alloc(8 * MIB, 'medium'))
    .digest('hex')

  it('are fetched from object storage, and not by the application', async () => {
    const handed = await ask(kura.port, file('digits.txt'), { headers: { host } })
    expect(handed.headers['x-accel-redirect']).toMatch(
      /^\/_objects\/contents\/misaki\/[\da-f-]{36}\?.*X-Amz-Signature=/,
    )
    expect(handed.body).toHaveLength(0)
  })

  it('are at an address that leads nowhere from outside', async () => {
    const handed = await ask(kura.port, file('digits.txt'), { headers: { host } })
    const answer = await ask(port, handed.headers['x-accel-redirect'] as string, { headers: { host } })
    expect([answer.status, answer.body.includes('Page not found')]).toEqual([404, true])
  })

  it('reach twenty readers at once whole, also one who takes his time', async () => {
    const slow = await open(port, file('medium.bin'), { headers: { host } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => open(port, file('medium.bin'), { headers: { host } })),
    )
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    expect(await Promise.all(answers.map(digest))).toEqual(answers.map(() => medium))
    await sleep(1_000)
    expect(await digest(slow)).toBe(medium)
  })

  it('of 400 MiB come in and go out, while the application holds little of them', { timeout: 300_000 }, async () => {
    const before = await kura.buffered()
    let most = 0
    const watching = setInterval(async () => {
      most = Math.max(most, await kura.buffered().catch(() => 0))
    }, 100)
    try {
      expect((await put('large.bin', bytesOf(LARGE))).status).toBe(201)
      const answer = await open(port, file('large.bin'), { headers: { host } })
      expect(answer.headers['content-length']).toBe(String(LARGE))
      expect(await digest(answer)).toBe(await digest(bytesOf(LARGE)))
    } finally {
      clearInterval(watching)
    }
    expect(most).toBeGreaterThan(0)
    // What a stream has let go of stays until the collector comes, late on a busy machine.
    expect((most - before) / MIB).toBeLessThan(LARGE / MIB / 2)
  })

  it('that are lost are the application’s to tell of', async () => {
    const object = async () => {
      const address = (await ask(kura.port, file('lost.txt'), { headers: { host } })).headers['x-accel-redirect']
      return new URL(`http://host${address}`).pathname.slice(`${DOWNLOADS}/${BUCKET}/`.length)
    }
    await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: await object() }))
    const answer = await get('lost.txt')
    expect([answer.status, answer.headers['content-type']]).toEqual([500, 'text/html; charset=UTF-8'])
    expect(answer.headers).not.toHaveProperty('content-disposition')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.body.toString()).toContain('Misaki')
  })
})

describe('object storage that fails', () => {
  const unavailable = async (name: string) => {
    const { status, headers: said, body } = await get(name)
    const type = 'text/html; charset=utf-8'
    expect([status, said['retry-after'], said['content-type']]).toEqual([503, '30', type])
    expect(body.toString()).not.toMatch(/X-Amz|contents|localhost/)
    expect(said).not.toHaveProperty('etag')
    expect(said).not.toHaveProperty('content-disposition')
  }

  it('is told of when it is gone, and nothing else is', async () => {
    await s3.kill()
    await unavailable('page.html')
    expect((await ask(port, item, { headers: { host } })).status).toBe(200)
    await s3.start()
    expect((await get('digits.txt')).body.toString()).toBe('0123456789')
  })

  it('is given up when it does not answer', async () => {
    objects.behave({ unanswered: ({ method }) => method === 'GET' })
    await unavailable('digits.txt')
  })

  it('never makes a file shorter when it ends in the middle', async () => {
    objects.behave({ cutAfter: 3 * MIB })
    const answer = await open(port, file('medium.bin'), { headers: { host } })
    await expect(digest(answer)).rejects.toThrow('aborted')
  })

  it('is not believed when another authority has signed its certificate', async () => {
    const { folder, remove } = await temporaryFolder()
    await certify(folder)
    const beside = await freePort('127.0.0.1')
    const other = await startNginx({
      ...args,
      port: beside,
      application: kura.port,
      authorities: join(folder, 'ca.crt'),
    })
    try {
      const { status, headers } = await ask(beside, file('digits.txt'), { headers: { host } })
      expect([status, headers['retry-after']]).toEqual([503, '30'])
      expect(await readFile(other.log, 'utf8')).toContain('certificate verify error')
    } finally {
      await other.close()
      await remove()
    }
  })

  it('was never asked in a way that Oracle refuses', () => expect(objects.refused).toEqual([]))
})

describe('an application that has ended', () => {
  it('is told of to readers and programs, and back at once', async () => {
    await kura.killWeb()
    const [page, program] = [
      await ask(port, '/', { headers: { host } }),
      await ask(port, '/api/v1/search', { headers: { host } }),
    ]
    expect([page.status, page.headers['retry-after'], page.headers['content-type']]).toEqual([
      503,
      '30',
      'text/html; charset=utf-8',
    ])
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/)
    expect(page.headers.server).toBe('nginx')
    expect([program.status, program.headers['retry-after']]).toEqual([503, '30'])
    expect(JSON.parse(program.body.toString())).toMatchObject({ status: 503, title: 'Unavailable' })
    await kura.startWeb()
    expect((await ask(port, '/', { headers: { host } })).status).toBe(200)
  })
})

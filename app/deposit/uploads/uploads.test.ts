import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../../test/support/depositor.ts'
import { freePort } from '../../../test/support/free-port.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { tusOptions, upload } from '../../../test/support/tus.ts'
import { createApp } from '../../app.ts'
import { composeParts } from '../../compose.ts'
import { loadConfig } from '../../config.ts'
import { listen } from '../../platform/listening.ts'
import { createLog } from '../../platform/logs.ts'
import { createMetrics } from '../../platform/metrics.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor
/** Two processes as far as the code knows: with nothing in common but the database and the folders. */
let ports: { one: number; other: number }
const closing: (() => Promise<unknown>)[] = []
/** The item of a test. */
let number: number

beforeAll(async () => {
  ports = { one: await freePort('127.0.0.1'), other: await freePort('127.0.0.1') }
  kura = await openInstitutions(['uploads', 'small'], ({ id }) => ({
    url: `http://${id}.example:${ports.one}`,
    ...(id.startsWith('small') && { limits: { storage: 2e-6, upload: 1e-6, connections: 4 } }),
  }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'items:write')
  staff = depositor(kura, id, token)
  closing.push(await listen(kura.app, { port: ports.one, addresses: ['127.0.0.1'] }))
  const log = createLog('test', 'silent')
  const config = loadConfig(kura.folder)
  const { directory, outbox, connections, caches } = composeParts(config, log)
  const app = createApp({ caches, directory, log, metrics: createMetrics(connections, caches), web: config.web })
  closing.push(await listen(app, { port: ports.other, addresses: ['127.0.0.1'] }))
  closing.push(() => outbox.end())
  closing.push(() => Promise.all(directory.tenants.map(({ db }) => db.destroy())))
})
beforeEach(async () => {
  number = await make()
})
afterAll(async () => {
  for (const close of closing) await close()
  await kura.close()
})

interface Json {
  number: number
  revision: number
  files: { name: string; access: string; until?: string; size: number; sha256: string; type: string }[]
}
const make = async () => (await jsonOf<Json>(staff.api('/items', 'POST', { record: minimal('With uploads') }))).number
const read = () => jsonOf<Json>(staff.api(`/items/${number}`))
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const endpoint = (port = ports.one) => `http://${id}.example:${port}/api/v1/items/${number}/uploads`
const options = (more: object = {}) =>
  tusOptions(token, { endpoint: endpoint(), metadata: { filename: 'large.bin' }, ...more })
/** Speaks tus without a client of it. */
const tus = (method: string, path: string, headers: { [name: string]: string } = {}, body?: string) =>
  kura.request(id, path.replace(/^http:\/\/[^/]*/, ''), {
    method,
    headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', ...headers },
    ...(body !== undefined && { body }),
  })
const metadata = (said: { [name: string]: string }) =>
  Object.entries(said)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
const begin = async (size: number, said: { [name: string]: string } = { filename: 'large.bin' }) => {
  const headers = { 'upload-length': String(size), 'upload-metadata': metadata(said) }
  const response = await tus('POST', endpoint(), headers)
  return { response, url: response.headers.get('location') as string }
}
const offset = async (url: string) => Number((await tus('HEAD', url)).headers.get('upload-offset'))
const patch = (url: string, at: number, body: string) =>
  tus('PATCH', url, { 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' }, body)
const partOf = (url: string) => join(kura.folder, 'scratch/uploads', id, url.split('/').at(-1) as string)

/** A sender that sends some bytes and then no more, without a word. */
function stall(url: string, at: number, bytes: Buffer, length: number): ClientRequest {
  const { pathname, port } = new URL(url)
  const sending = request({
    host: '127.0.0.1',
    port,
    path: pathname,
    method: 'PATCH',
    headers: {
      host: `${id}.example`,
      authorization: `Bearer ${token}`,
      'tus-resumable': '1.0.0',
      'upload-offset': String(at),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(length),
    },
  })
  sending.on('error', () => {})
  sending.write(bytes)
  return sending
}

describe('a file that is sent in parts', () => {
  it('is on the item with its last byte, by one revision, and leaves nothing on its way', async () => {
    const bytes = randomBytes(1_000_000)
    const said = { filename: '図/large.csv', filetype: 'text/csv', access: 'embargoed', until: '2090-04-01' }
    const url = await upload(bytes, options({ chunkSize: 300_000, metadata: said }))
    const { revision, files } = await read()
    expect(revision).toBe(2)
    expect(files).toEqual([
      expect.objectContaining({
        name: '図/large.csv',
        access: 'embargoed',
        until: '2090-04-01',
        type: 'text/csv',
        size: bytes.length,
        sha256: sha256(bytes),
      }),
    ])
    await expect(stat(partOf(url))).rejects.toThrow('ENOENT')
    // Who did not hear of it learns it.
    const head = await tus('HEAD', url)
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'tus-resumable': '1.0.0',
      'upload-offset': '1000000',
      'upload-length': '1000000',
      'upload-metadata': metadata(said),
      'cache-control': expect.stringContaining('no-store'),
    })
    expect(await jsonOf<object>(staff.api(url.replace(/.*\/api\/v1/, '')))).toMatchObject({
      name: '図/large.csv',
      size: 1_000_000,
      offset: 1_000_000,
      done: true,
    })
  })

  it('goes on where it was broken off, by another client at another process', async () => {
    const bytes = randomBytes(2_000_000)
    const begun = await new Promise<string>((resolve, reject) => {
      const sending: Upload = new Upload(bytes, {
        ...options({ chunkSize: 400_000 }),
        onChunkComplete: (_, accepted) => {
          if (accepted > 1_000_000) sending.abort().then(() => resolve(sending.url as string), reject)
        },
        onError: reject,
      })
      sending.start()
    })
    expect(await offset(begun)).toBeGreaterThan(1_000_000)
    expect((await read()).files).toEqual([])
    const sent: number[] = []
    const uploadUrl = begun.replace(`:${ports.one}`, `:${ports.other}`)
    const onProgress = (at: number) => sent.push(at)
    await upload(bytes, options({ endpoint: null, uploadUrl, onProgress }))
    expect(Math.min(...sent)).toBeGreaterThan(1_000_000)
    expect((await read()).files).toMatchObject([{ sha256: sha256(bytes) }])
  })

  it('keeps what had arrived when its connection broke', async () => {
    const bytes = randomBytes(3_000_000)
    const { url } = await begin(bytes.length)
    const sending = stall(url, 0, bytes.subarray(0, 2_000_000), bytes.length)
    await expect.poll(() => offset(url), { timeout: 5_000 }).toBeGreaterThan(1_000_000)
    sending.destroy()
    // What was on its way when it broke may still arrive: clients ask again.
    await upload(bytes, options({ endpoint: null, uploadUrl: url, retryDelays: Array(20).fill(100) }))
    expect((await read()).files).toMatchObject([{ sha256: sha256(bytes) }])
  })

  it('does not wait for a sender whose connection hangs, also at another process', { timeout: 30_000 }, async () => {
    const bytes = randomBytes(3_000_000)
    const { url } = await begin(bytes.length)
    const hanging = stall(url, 0, bytes.subarray(0, 2_000_000), bytes.length)
    await expect.poll(() => offset(url), { timeout: 5_000 }).toBe(2_000_000)
    const uploadUrl = url.replace(`:${ports.one}`, `:${ports.other}`)
    await upload(bytes, options({ endpoint: null, uploadUrl }))
    expect((await read()).files).toMatchObject([{ sha256: sha256(bytes) }])
    hanging.destroy()
  })

  it('is whole also where two send it at once', { timeout: 60_000 }, async () => {
    const bytes = randomBytes(1_000_000)
    const { url } = await begin(bytes.length)
    const retryDelays = Array(20).fill(100)
    const both = [url, url.replace(`:${ports.one}`, `:${ports.other}`)].map((uploadUrl) =>
      upload(bytes, options({ endpoint: null, uploadUrl, chunkSize: 200_000, retryDelays })),
    )
    await Promise.all(both)
    const { revision, files } = await read()
    expect([revision, files]).toMatchObject([2, [{ sha256: sha256(bytes) }]])
  })

  it('may be empty, or come along with its announcement', async () => {
    await upload(Buffer.alloc(0), options({ metadata: { filename: 'empty.txt' } }))
    const bytes = randomBytes(1_000)
    await upload(bytes, options({ uploadDataDuringCreation: true, metadata: { filename: 'small.bin' } }))
    expect((await read()).files).toMatchObject([
      { name: 'empty.txt', size: 0 },
      { name: 'small.bin', sha256: sha256(bytes) },
    ])
  })

  it('takes the place of a file of its name', async () => {
    await upload(randomBytes(100), options())
    const second = randomBytes(100)
    await upload(second, options())
    expect((await read()).files).toMatchObject([{ name: 'large.bin', sha256: sha256(second) }])
  })

  it('begins anew where the folder was lost', async () => {
    const { url } = await begin(10)
    expect((await patch(url, 0, '01234')).headers.get('upload-offset')).toBe('5')
    await rm(partOf(url))
    expect(await offset(url)).toBe(0)
    expect((await patch(url, 0, '0123456789')).status).toBe(204)
    expect((await read()).files).toMatchObject([{ size: 10 }])
  })
})

describe('the last byte', () => {
  it('is asked for again where all were here and the process ended before the item had the file', async () => {
    const { url } = await begin(10)
    await mkdir(join(partOf(url), '..'), { recursive: true })
    await writeFile(partOf(url), '0123456789')
    expect(await offset(url)).toBe(9)
    await upload(Buffer.from('0123456789'), options({ endpoint: null, uploadUrl: url }))
    expect((await read()).files).toMatchObject([{ sha256: sha256(Buffer.from('0123456789')) }])
  })

  it('is refused while the item takes no files, and counts when it does again', async () => {
    const { url } = await begin(10)
    await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'wrong' })
    const refused = await patch(url, 0, '0123456789')
    expect([refused.status, await jsonOf<object>(refused)]).toMatchObject([409, { title: 'Withdrawn' }])
    expect(await offset(url)).toBe(9)
    await staff.api(`/items/${number}/withdrawal`, 'DELETE')
    expect((await patch(url, 9, '9')).status).toBe(204)
    expect((await read()).files).toMatchObject([{ size: 10 }])
  })

  it('does nothing again once it is done', async () => {
    const { url } = await begin(10)
    await patch(url, 0, '0123456789')
    expect((await patch(url, 9, '9')).status).toBe(409)
    expect((await patch(url, 10, '')).status).toBe(204)
    expect((await read()).revision).toBe(2)
  })

  it('leaves the object of a finish that was broken off to be swept', async () => {
    const { url } = await begin(10)
    const { objects } = kura.tenant(id)
    const { put } = objects
    objects.put = async (key, bytes) => {
      await put(key, bytes)
      throw new Error('ended')
    }
    expect((await patch(url, 0, '0123456789')).status).toBe(500)
    objects.put = put
    expect(await offset(url)).toBe(9)
    expect((await patch(url, 9, '9')).status).toBe(204)
    expect((await read()).files).toMatchObject([{ size: 10 }])
  })
})

describe('an upload', () => {
  it.each([
    ['without a name', { filetype: 'text/csv' }, 10, 422],
    ['with a name that is no path', { filename: '../a' }, 10, 422],
    ['with an access that is none', { filename: 'a', access: 'secret' }, 10, 422],
    ['with an embargo that has no end', { filename: 'a', access: 'embargoed' }, 10, 422],
    ['with an embargo that is over', { filename: 'a', access: 'embargoed', until: '2020-01-01' }, 10, 422],
    ['that is too large', { filename: 'a' }, 2 * 2 ** 30, 413],
  ])('%s is refused before its first byte', async (_, said, size, status) => {
    const { response } = await begin(size, said as { [name: string]: string })
    expect(response.status, await response.text()).toBe(status)
  })

  it('counts against the storage from its beginning', async () => {
    const to = kura.ids[1] as string
    const as = await kura.token(to, 'items:write')
    const small = depositor(kura, to, as)
    const item = (await jsonOf<Json>(small.api('/items', 'POST', { record: minimal('Small') }))).number
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-length': '1000',
      'upload-metadata': metadata({ filename: 'a' }),
    }
    const post = () => small.api(`/items/${item}/uploads`, 'POST', undefined, headers)
    const [first, second, third] = [await post(), await post(), await post()]
    expect([first.status, second.status, third.status]).toEqual([201, 201, 413])
    const path = new URL(first.headers.get('location') as string).pathname.replace('/api/v1', '')
    expect((await small.api(path, 'DELETE', undefined, { 'tus-resumable': '1.0.0' })).status).toBe(204)
    expect((await post()).status).toBe(201)
  })

  it('is spoken of in one version of the protocol', async () => {
    const response = await tus('POST', endpoint(), { 'tus-resumable': '0.2.2', 'upload-length': '1' })
    expect([response.status, response.headers.get('tus-version'), response.headers.get('tus-resumable')]).toEqual([
      412,
      '1.0.0',
      '1.0.0',
    ])
    const asked = await tus('OPTIONS', endpoint())
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,termination,expiration',
      'tus-max-size': String(2 ** 30),
    })
    expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('says when it will be forgotten, and is forgotten then with its bytes', async () => {
    const { response, url } = await begin(10)
    const expires = Date.parse(response.headers.get('upload-expires') as string) - Date.now()
    expect(Math.round(expires / 86_400_000)).toBe(7)
    await patch(url, 0, '01234')
    await kura.round(id)
    expect(await offset(url)).toBe(5)
    await kura.asSuperuser(id, `update upload set expires_at = now() where item = ${number}`)
    expect((await tus('HEAD', url)).status).toBe(410)
    expect((await patch(url, 5, '56789')).status).toBe(404)
    await kura.round(id)
    expect((await tus('HEAD', url)).status).toBe(404)
    await expect(stat(partOf(url))).rejects.toThrow('ENOENT')
  })

  it('of which the database knows nothing leaves no bytes for longer than a day', async () => {
    const folder = join(kura.folder, 'scratch/uploads', id)
    await mkdir(folder, { recursive: true })
    const [old, young] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const name of [old, young]) await writeFile(join(folder, name), 'x')
    await utimes(join(folder, old), 0, 0)
    await kura.round(id)
    const left = await readdir(folder)
    expect([left.includes(old), left.includes(young)]).toEqual([false, true])
  })

  it('can be given up, also by a client', async () => {
    const { url } = await begin(10)
    await patch(url, 0, '01234')
    await Upload.terminate(url, options())
    expect((await tus('HEAD', url)).status).toBe(404)
    await expect(stat(partOf(url))).rejects.toThrow('ENOENT')
  })

  it('is its item’s and its institution’s, and nobody’s without the scope', async () => {
    const { url } = await begin(10)
    const elsewhere = url.replace(`/items/${number}/`, `/items/${await make()}/`)
    for (const method of ['HEAD', 'GET', 'DELETE']) expect((await tus(method, elsewhere)).status, method).toBe(404)
    expect((await patch(elsewhere, 0, '0')).status).toBe(404)
    expect((await tus('HEAD', url.replace(/[^/]*$/, '..%2F..%2Fx'))).status).toBe(404)
    for (const [as, status] of [
      [undefined, 401],
      [await kura.token(id, 'import', 'files:read', 'transfer'), 403],
    ] as const)
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const headers = { 'tus-resumable': '1.0.0', ...(as && { authorization: `Bearer ${as}` }) }
        const path = new URL(url).pathname
        expect((await kura.request(id, path, { method, headers })).status, method).toBe(status)
      }
    expect(await offset(url)).toBe(0)
  })
})

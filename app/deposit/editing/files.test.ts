import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { type Server, serve } from '../../../test/support/server.ts'

let kura: Institutions
let server: Server
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['files', 'small'], ({ id }) =>
    id.startsWith('small') ? { limits: { storage: 2e-6, upload: 1e-6, connections: 4 } } : {},
  )
  server = await serve(kura)
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(async () => {
  await server.close()
  await kura.close()
})

interface FileJson {
  name: string
  label: string
  url: string
  access: string
  until?: string
  type: string
  size: number
  sha256: string
  described?: object
}
interface Json {
  number: number
  revision: number
  access: { right: string }
  record: { files: object[] }
  files: FileJson[]
}
const read = (number: number) => jsonOf<Json>(staff.api(`/items/${number}`))
const make = async (more: object = {}) =>
  (await jsonOf<Json>(staff.api('/items', 'POST', { record: minimal('With files', more) }))).number
const send = (
  path: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: { [name: string]: string } = {},
  { to = id, as = token } = {},
) =>
  kura.request(to, `/api/v1/items/${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${as}`, ...headers },
    body,
    duplex: 'half',
  } as RequestInit)
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()
const bytesAt = async (url: string, version = '') =>
  await (await kura.request(id, `${new URL(url).pathname}${version}`)).text()

describe('a file that is sent', () => {
  it('is there with its measures, and the item has a revision more', async () => {
    const number = await make()
    const response = await send(`${number}/files/表/data 1.csv`, 'a,b\n', { 'content-type': 'text/x-nonsense' })
    expect([response.status, response.headers.get('etag')]).toEqual([201, '"2"'])
    const file = await jsonOf<FileJson>(response)
    expect(file).toEqual({
      name: '表/data 1.csv',
      label: '表/data 1.csv',
      url: `https://${id}.example/items/${number}/files/${encodeURIComponent('表')}/data%201.csv`,
      access: 'open',
      readable: true,
      type: 'text/csv; charset=utf-8',
      size: 4,
      sha256: sha256('a,b\n').toString('hex'),
    })
    expect(response.headers.get('location')).toBe(file.url.replace('.example/', '.example/api/v1/'))
    const { pathname } = new URL(response.headers.get('location') as string)
    expect(await jsonOf(kura.request(id, pathname))).toEqual(file)
    expect(await bytesAt(file.url)).toBe('a,b\n')
    expect(await read(number)).toMatchObject({ revision: 2, access: { right: 'open access' }, files: [file] })
    expect(await jsonOf(kura.request(id, `/api/v1/items/${number}/files`))).toEqual({ files: [file] })
  })

  it('takes the place of one of its name, which a version keeps', async () => {
    const number = await make()
    await send(`${number}/files/a.txt`, 'first')
    await send(`${number}/files/b.txt`, 'other')
    await staff.api(`/items/${number}/versions`, 'POST')
    const response = await send(`${number}/files/a.txt`, 'second')
    expect(response.status).toBe(200)
    const { files } = await read(number)
    expect(files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt'])
    const url = files[0]?.url as string
    expect([await bytesAt(url), await bytesAt(url, '?version=1')]).toEqual(['second', 'first'])
  })

  it('changes nothing where it is there already', async () => {
    const number = await make()
    await send(`${number}/files/a.txt`, 'same')
    const again = await send(`${number}/files/a.txt`, 'same')
    expect([again.status, again.headers.get('etag')]).toEqual([200, '"2"'])
    const closed = await send(`${number}/files/a.txt?access=closed`, 'same')
    expect([(await jsonOf<FileJson>(closed)).access, closed.headers.get('etag')]).toEqual(['closed', '"3"'])
  })

  it('belongs to the entry of the record that names it', async () => {
    const files = [
      { uri: 'thesis.pdf', label: '本文', objectType: 'fulltext' },
      { label: 'data.csv', objectType: 'dataset' },
    ]
    const number = await make({ files })
    await send(`${number}/files/data.csv`, 'a,b')
    await send(`${number}/files/thesis.pdf`, '%PDF-1.4')
    await send(`${number}/files/note.txt`, 'no entry')
    const { files: held } = await read(number)
    expect(held.map(({ name, label, described }) => [name, label, described !== undefined])).toEqual([
      ['thesis.pdf', '本文', true],
      ['data.csv', 'data.csv', true],
      ['note.txt', 'note.txt', false],
    ])
  })

  it('has the access that is chosen, else that of the one before, else what the record says', async () => {
    const number = await make({ accessRights: { term: 'restricted access' } })
    const put = async (name: string, body: string) => await jsonOf<FileJson>(send(`${number}/files/${name}`, body))
    const until = '2090-04-01'
    expect(await put('record.txt', '1')).toMatchObject({ access: 'closed' })
    expect(await put(`chosen.txt?access=embargoed&until=${until}`, '1')).toMatchObject({ access: 'embargoed', until })
    expect(await put('chosen.txt', '2')).toMatchObject({ access: 'embargoed', until })
    expect(await put('chosen.txt?access=open', '3')).toMatchObject({ access: 'open' })
  })

  it('is seen by nobody else before the day of its item', async () => {
    const item = { record: minimal('Ahead'), publicationDate: '2090-01-01' }
    const { number } = await jsonOf<Json>(staff.api('/items', 'POST', item))
    await send(`${number}/files/ahead.txt`, 'ahead')
    for (const path of [`/items/${number}/files/ahead.txt`, `/api/v1/items/${number}/files`])
      expect((await kura.request(id, path)).status, path).toBe(404)
    const today = kura.tenant(id).today()
    await staff.api(`/items/${number}`, 'PATCH', { publicationDate: today }, { 'if-match': '"2"' })
    expect(await (await kura.request(id, `/items/${number}/files/ahead.txt`)).text()).toBe('ahead')
  })

  it.each([
    ['an embargo without its day', 'a.txt?access=embargoed', {}, 422],
    ['a day without an embargo', 'a.txt?until=2090-01-01', {}, 422],
    ['an embargo that is over', 'a.txt?access=embargoed&until=2020-01-01', {}, 422],
    ['an access that is none', 'a.txt?access=secret', {}, 422],
    ['a word that is not known', 'a.txt?acess=open', {}, 422],
    ['a name that is no path', 'a/../b.txt', {}, 422],
    ['a revision that is past', 'a.txt', { 'if-match': '"1"' }, 412],
    ['a coding', 'a.txt', { 'content-encoding': 'gzip' }, 415],
    ['a digest of other bytes', 'a.txt', { 'content-digest': `sha-256=:${sha256('other').toString('base64')}:` }, 422],
    ['a digest that is none', 'a.txt', { 'repr-digest': 'sha-256=:abc:' }, 400],
  ])('is refused with %s', async (_, path, headers, status) => {
    const number = await make()
    await send(`${number}/files/kept.txt`, 'kept')
    // What a client makes of such a path would be another.
    const escaped = path.replace('/../', '/..%2F')
    const response = await send(`${number}/files/${escaped}`, 'changed', headers as { [name: string]: string })
    expect(response.status, await response.text()).toBe(status)
    expect((await read(number)).files.map(({ name }) => name)).toEqual(['kept.txt'])
  })

  it('is taken with the digests that it has, and others that are not known', async () => {
    const number = await make()
    const digest = `sha-256=:${sha256('right').toString('base64')}:`
    const headers = { 'content-digest': `sha-512=:xyz:, ${digest}`, 'repr-digest': digest, 'if-match': '"1"' }
    expect((await send(`${number}/files/a.txt`, 'right', headers)).status).toBe(201)
  })

  it('is refused where the item is not there, is withdrawn or deleted', async () => {
    expect((await send('999999/files/a.txt', 'x')).status).toBe(404)
    const number = await make()
    await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'wrong' })
    expect((await send(`${number}/files/a.txt`, 'x')).status).toBe(409)
    await staff.api(`/items/${number}`, 'DELETE')
    expect((await send(`${number}/files/a.txt`, 'x')).status).toBe(410)
  })

  it('is refused where it is too large, or there is no room for it, with and without its length', async () => {
    const to = kura.ids[1] as string
    const as = await kura.token(to, 'items:write')
    const small = depositor(kura, to, as)
    const { number } = await jsonOf<Json>(small.api('/items', 'POST', { record: minimal('Small') }))
    const put = async (name: string, size: number, stream = false) => {
      const bytes = randomBytes(size)
      const body = stream ? new Blob([bytes]).stream() : bytes
      const headers: { [name: string]: string } = stream ? {} : { 'content-length': String(size) }
      const response = await send(`${number}/files/${name}`, body, headers, { to, as })
      const { title } = await jsonOf<{ title?: string }>(response)
      return [response.status, title]
    }
    expect(await put('a.bin', 1_100)).toEqual([413, 'Too large'])
    expect(await put('a.bin', 1_100, true)).toEqual([413, 'Too large'])
    expect(await put('a.bin', 1_000)).toEqual([201, undefined])
    expect(await put('b.bin', 1_000)).toEqual([201, undefined])
    expect(await put('c.bin', 1_000)).toEqual([413, 'No room'])
    expect(await put('c.bin', 1_000, true)).toEqual([413, 'No room'])
    expect(await put('c.bin', 0)).toEqual([201, undefined])
  })

  it('may be sent beside others at once: none is lost', async () => {
    const number = await make()
    const names = Array.from({ length: 12 }, (_, i) => `${i}.txt`)
    const answers = await Promise.all(names.map((name) => send(`${number}/files/${name}`, name)))
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201))
    const { revision, files } = await read(number)
    expect([revision, files.map(({ name }) => name).sort()]).toEqual([13, names.toSorted()])
  })

  it('leaves nothing behind when its sender goes away in the middle', async () => {
    const number = await make()
    const sending = request({
      host: '127.0.0.1',
      port: server.port,
      method: 'PUT',
      path: `/api/v1/items/${number}/files/cut.bin`,
      headers: { host: `${id}.example`, authorization: `Bearer ${token}`, 'content-length': '1000000' },
    })
    sending.on('error', () => {})
    sending.write(Buffer.alloc(500_000))
    const { db } = kura.tenant(id)
    const noted = () => db.selectFrom('unclaimed_object').select('object').execute()
    const before = (await noted()).length
    await expect.poll(async () => (await noted()).length).toBe(before + 1)
    const closed = new Promise((resolve) => sending.once('close', resolve))
    sending.destroy()
    await closed
    expect((await read(number)).files).toEqual([])
  })

  it('takes no more memory for being large', { timeout: 120_000 }, async () => {
    const number = await make()
    const size = 200 * 2 ** 20
    const block = randomBytes(2 ** 16)
    const hash = createHash('sha256')
    let most = 0
    const sending = request({
      host: '127.0.0.1',
      port: server.port,
      method: 'PUT',
      path: `/api/v1/items/${number}/files/large.bin`,
      headers: { host: `${id}.example`, authorization: `Bearer ${token}`, 'content-length': String(size) },
    })
    const answered = once(sending, 'response')
    global.gc?.()
    const before = process.memoryUsage().rss
    for (let sent = 0; sent < size; sent += block.length) {
      hash.update(block)
      if (!sending.write(block)) await once(sending, 'drain')
      most = Math.max(most, process.memoryUsage().rss - before)
    }
    sending.end()
    const [response] = await answered
    response.resume()
    expect(response.statusCode).toBe(201)
    const [file] = (await read(number)).files
    expect([file?.size, file?.sha256]).toEqual([size, hash.digest('hex')])
    // The sender is in this process as well.
    expect(most).toBeLessThan(100 * 2 ** 20)
  })
})

describe('a file that is taken away', () => {
  it('is gone with its entry in the record, and stays for the versions that hold it', async () => {
    const number = await make({ files: [{ label: 'a.txt' }, { uri: 'https://former.example/b.txt' }] })
    await send(`${number}/files/a.txt`, 'a')
    await send(`${number}/files/b.txt`, 'b')
    await staff.api(`/items/${number}/versions`, 'POST')
    const { files } = await read(number)
    expect(files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt'])
    const response = await staff.api(`/items/${number}/files/b.txt`, 'DELETE')
    expect([response.status, response.headers.get('etag')]).toEqual([204, '"4"'])
    const item = await read(number)
    // What it came from is not linked to in its place.
    expect([item.files.map(({ name }) => name), item.record.files]).toEqual([
      ['a.txt'],
      [{ label: 'a.txt', extents: [], dates: [] }],
    ])
    expect((await kura.request(id, `/items/${number}/files/b.txt`)).status).toBe(404)
    expect(await bytesAt(files[1]?.url as string, '?version=1')).toBe('b')
  })

  it('has to be there, and the item as it was seen', async () => {
    const number = await make({ files: [{ uri: 'https://elsewhere.example/' }] })
    await send(`${number}/files/a.txt`, 'a')
    const take = async (name: string, headers = {}) =>
      (await staff.api(`/items/${number}/files/${name}`, 'DELETE', undefined, headers)).status
    expect(await take('b.txt')).toBe(404)
    expect(await take(encodeURIComponent('https://elsewhere.example/'))).toBe(404)
    expect(await take('a.txt', { 'if-match': '"1"' })).toBe(412)
    expect(await take('a.txt', { 'if-match': '"2"' })).toBe(204)
  })
})

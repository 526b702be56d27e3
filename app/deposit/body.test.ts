import { randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { minimal, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

let kura: Institutions
let id: string
let token: string

beforeAll(async () => {
  kura = await openInstitutions(['body'], () => ({ limits: { storage: 1, upload: 0.02, connections: 4 } }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'import')
})
afterAll(() => kura.close())

const post = (coding: string, body: Uint8Array, { type = 'application/x-ndjson', query = '' } = {}) =>
  kura.request(id, `/api/v1/imports${query}`, {
    method: 'POST',
    headers: { 'content-type': type, 'content-encoding': coding, authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  })
const line = (source: string) => `${JSON.stringify({ source, record: minimal(source) })}\n`
const outcomes = async (response: Response): Promise<Outcome[]> =>
  (await response.text())
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each))

const codings = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
}

describe.each(Object.entries(codings))('a body in %s', (coding, compress) => {
  it('is read as what it was before', async () => {
    const sources = Array.from({ length: 50 }, (_, n) => `${coding}/${n}`)
    const response = await post(coding.toUpperCase(), compress(Buffer.from(sources.map(line).join(''))))
    expect((await outcomes(response)).map(({ source, status }) => [source, status])).toEqual(
      sources.map((source) => [source, 'imported']),
    )
  })

  it('that is not is refused', async () => {
    const query = `?source=${coding}-broken`
    const whole = compress(Buffer.from(minimalXml('Whole')))
    for (const body of [Buffer.from('plain text, no code'), whole.subarray(0, -5), new Uint8Array()]) {
      const response = await post(coding, body, { type: 'application/xml', query })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining(`no whole ${coding}`) })
    }
  })

  it('that is a bomb is cut', async () => {
    const bomb = compress(Buffer.alloc(60_000_000, ' '))
    const response = await post(coding, bomb, { type: 'application/json' })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('200 times') })
  })
})

describe('a coded body', () => {
  it('that breaks in the middle keeps what was read, and says in a line what became of the rest', async () => {
    const body = gzipSync(Buffer.from(line('cut-1') + line('cut-2')), { level: 0 })
    const result = await outcomes(await post('gzip', body.subarray(0, -30)))
    expect(result.at(-1)).toMatchObject({ source: null, status: 'rejected', errors: [{ rule: 'import.body' }] })
    const before = result.slice(0, -1).map(({ source, status }) => [source, status])
    expect(before).toEqual([['cut-1', 'imported']])
  })

  it('counts as large as it is when it is read', async () => {
    const halved = gzipSync(randomBytes(15_000_000).toString('hex'), { level: 1 })
    const response = await post('gzip', halved, { type: 'application/zip' })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('decompressed') })
  })

  it.each(['compress', 'gzip, br', 'toString', 'aes128gcm'])('in %s is not understood', async (coding) => {
    const response = await post(coding, Buffer.from(line('never')))
    expect(response.status).toBe(415)
    expect(response.headers.get('accept-encoding')).toBe('gzip, x-gzip, deflate, br, zstd')
  })

  it('that says identity is as it is', async () => {
    expect(await outcomes(await post('identity', Buffer.from(line('plain'))))).toMatchObject([{ status: 'imported' }])
  })
})

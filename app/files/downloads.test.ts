import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depositor, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

let kura: Institutions
let id: string
let base: string

beforeAll(async () => {
  kura = await openInstitutions(['files'])
  id = kura.ids[0] as string
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const [outcome] = await staff.zip({
    'r.xml': minimalXml('With files'),
    'r/digits.txt': '0123456789',
    'r/紀要論文.pdf': '%PDF-1.4',
    'r/page.html': '<script>alert(1)</script>',
    'r/image.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'r/sjis.csv': new Uint8Array([0x93, 0xfa, 0x96, 0x7b]),
    'r/empty.txt': '',
    'r/unknown.qqq': 'x',
    'r/members.txt': 'for members',
    'r/deep/er/a b.txt': 'deep',
  })
  base = `/items/${outcome?.item.number}/files`
  const patch = { files: [{ name: 'members.txt', access: 'signed-in' }] }
  await staff.api(`/items/${outcome?.item.number}`, 'PATCH', patch, { 'if-match': '"1"' })
})
afterAll(() => kura.close())

const get = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
  kura.request(id, `${base}/${name}`, { headers, method })

describe('a download', () => {
  it('sends the bytes with their length, type and a validator', async () => {
    const response = await get('digits.txt')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': '10',
      'content-type': 'text/plain; charset=utf-8',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename=digits.txt',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
    })
    expect(await response.text()).toBe('0123456789')
  })

  it('sends a range, and the whole where the file has changed since', async () => {
    const part = await get('digits.txt', { range: 'bytes=3-5' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 3-5/10', '345'])
    const stale = await get('digits.txt', { range: 'bytes=3-5', 'if-range': '"other"' })
    expect([stale.status, await stale.text()]).toEqual([200, '0123456789'])
    const outside = await get('digits.txt', { range: 'bytes=10-' })
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  it('is not sent again to whoever has it', async () => {
    const etag = (await get('digits.txt')).headers.get('etag') as string
    expect((await get('digits.txt', { 'if-none-match': `W/"x", ${etag}` })).status).toBe(304)
  })

  it('answers HEAD with the same headers and no bytes', async () => {
    const response = await get('digits.txt', {}, 'HEAD')
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '10', ''])
  })

  it('carries a Japanese name that every browser understands (RFC 6266)', async () => {
    const response = await get(encodeURIComponent('紀要論文.pdf'))
    expect(response.headers.get('content-disposition')).toBe(
      `inline; filename="????.pdf"; filename*=UTF-8''${encodeURIComponent('紀要論文.pdf')}`,
    )
  })

  it.each(['page.html', 'image.svg', 'unknown.qqq'])('offers %s to be saved, and lets it run nothing', async (name) => {
    const response = await get(name)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('claims UTF-8 only of text that is', async () => {
    expect((await get('sjis.csv')).headers.get('content-type')).toBe('text/csv')
  })

  it('finds an empty file and one in a folder', async () => {
    expect(await (await get('empty.txt')).text()).toBe('')
    const deep = await get('deep/er/a%20b.txt')
    expect([await deep.text(), deep.headers.get('content-disposition')]).toEqual(['deep', 'inline; filename="a b.txt"'])
  })

  it('of a file for members needs a token that counts as signed in', async () => {
    expect((await get('members.txt')).status).toBe(403)
    const authorization = `Bearer ${await kura.token(id, 'files:read')}`
    const response = await get('members.txt', { authorization })
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  })

  it.each(['nothing.txt', '..%2fdigits.txt', 'digits.txt/', '%ff'])('of %s finds nothing', async (name) => {
    expect((await get(name)).status).toBe(404)
  })

  it('whose bytes are lost is an error like any other, without the file’s headers', async () => {
    const { db, objects } = kura.tenant(id)
    const { object } = await db
      .selectFrom('file')
      .select('object')
      .where('name', '=', 'sjis.csv')
      .executeTakeFirstOrThrow()
    await objects.delete(object as string)
    const response = await get('sjis.csv')
    expect(response.status).toBe(500)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect([response.headers.get('etag'), response.headers.get('content-disposition')]).toEqual([null, null])
  })
})

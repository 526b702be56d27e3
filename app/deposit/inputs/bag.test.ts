import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { bagOf } from '../../../test/support/bag.ts'
import { type Depositor, depositor, jsonOf, minimalXml } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { fc } from '../../../test/support/property.ts'
import { zipOf } from '../../../test/support/zip.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['bags'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

type Files = Record<string, string | Uint8Array>
const payload: Files = {
  'records/one.xml': minimalXml('One'),
  'records/one/data.txt': 'data',
  'records/one/日本 50%.txt': '蔵',
}

/** The answer to a bag: what the call says of itself where it is refused. */
const refusal = async (files: Files) => refused(await zipOf(files))
async function refused(archive: Uint8Array<ArrayBuffer>): Promise<[number, string]> {
  const response = await kura.request(id, '/api/v1/imports', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
    body: archive,
  })
  return [response.status, response.status === 200 ? '' : (await jsonOf<{ detail: string }>(response)).detail]
}

describe('a bag', () => {
  it.each([
    ['at the top of the archive', {}],
    ['in the archive’s one folder', { folder: 'a bag/' }],
    ['with MD5 alone', { algorithms: ['md5'] }],
    ['with SHA-1 and SHA-512', { algorithms: ['sha1', 'sha512'] }],
    ['of BagIt 0.97', { version: '0.97' }],
    ['with a file of tags that say nothing to us', { tags: { 'bag-info.txt': 'Contact-Name: Somebody\n  Else\n' } }],
  ])('%s is read like any archive: records and files by their paths in its payload', async (_, options) => {
    const [outcome, ...others] = await staff.zip(bagOf(payload, options))
    expect(others).toEqual([])
    expect(outcome).toMatchObject({ source: 'records/one.xml', status: expect.stringMatching(/imported|unchanged/) })
    const { files } = await jsonOf(staff.api(`/items/${outcome?.item.number}`))
    expect(files.map(({ name }) => name).sort()).toEqual(['data.txt', '日本 50%.txt'])
  })

  it('may write its manifest as md5sum does, and with the escapes of RFC 8493', async () => {
    const lines = Object.entries(payload).map(
      ([path, content]) =>
        `${createHash('md5').update(content).digest('hex').toUpperCase()} *data/${path.replaceAll('%', '%25')}\r\n`,
    )
    expect(await refusal({ ...bagOf(payload), 'manifest-md5.txt': lines.join('') })).toEqual([200, ''])
  })

  const bag = bagOf(payload, { algorithms: ['sha256', 'md5'] })
  const without = (path: string) => Object.fromEntries(Object.entries(bag).filter(([each]) => each !== path))
  const altered = { ...bag, 'bag-info.txt': 'Contact-Name: Somebody else\n' }
  it.each<[string, Files, string]>([
    [
      'lacks a file',
      without('data/records/one/data.txt'),
      'data/records/one/data.txt is missing; manifest-md5.txt names it',
    ],
    ['has an altered file', { ...bag, 'data/records/one/data.txt': 'Data' }, 'data/records/one/data.txt is altered'],
    [
      'has a file in no manifest',
      { ...bag, 'data/more.txt': '' },
      'data/more.txt is in the bag, but not in every manifest',
    ],
    [
      'has a file that only one manifest names',
      { ...bag, 'manifest-md5.txt': (bag['manifest-md5.txt'] as string).replace(/.*\n/, '') },
      'not in every manifest',
    ],
    [
      'has files to be fetched',
      { ...bag, 'fetch.txt': 'https://x.example/a 1 data/a\n' },
      'send a bag that holds all of its files',
    ],
    [
      'has no manifest that we know',
      { ...bagOf({}, { algorithms: [] }), 'manifest-crc32.txt': '' },
      'it has no manifest',
    ],
    [
      'has an altered tag file',
      { ...altered, 'tagmanifest-md5.txt': `${'0'.repeat(32)}  bag-info.txt\n` },
      'bag-info.txt is altered',
    ],
    ['is of a version to come', bagOf(payload, { version: '2.0' }), 'BagIt 2.0 is not known'],
    [
      'has tags in another encoding',
      { ...bag, 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: Shift_JIS\n' },
      'only UTF-8 is understood',
    ],
    [
      'has tags without end',
      { ...bag, 'bag-info.txt': 'Label: x\n'.repeat(100_000) },
      'bag-info.txt has more than 10000 lines',
    ],
    ['has a manifest that is none', { ...bag, 'manifest-md5.txt': 'Not a manifest\n' }, 'has a line that is none'],
  ])('that %s is refused', async (_, files, detail) => {
    expect(await refusal(files)).toEqual([422, expect.stringContaining(detail)])
  })

  it.each<[string, Files]>([
    ['another bag', bagOf(payload, { folder: 'b2/' })],
    ['a record', { 'three.xml': minimalXml('Three') }],
  ])('is refused if %s lies beside it, which nobody would read', async (_, beside) => {
    expect(await refusal({ ...bagOf(payload, { folder: 'b1/' }), ...beside })).toEqual([
      422,
      expect.stringMatching(/(three\.xml|b2\/bagit\.txt) lies beside the bag b1\/ in this archive/),
    ])
  })

  it('is refused if a name stands in it twice, of which one would be verified and the other read', async () => {
    const zip = new ZipFile()
    for (const [path, content] of Object.entries(bag)) zip.addBuffer(Buffer.from(content as string), path)
    zip.addBuffer(Buffer.from('Other'), 'data/records/one/data.txt')
    zip.end()
    expect(await refused(new Uint8Array(await buffer(zip.outputStream)))).toEqual([
      422,
      expect.stringContaining('stands in the archive twice'),
    ])
  })

  it('is refused if any byte of its payload is another', async () => {
    const names = Object.keys(payload)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, at, by) => {
        const bytes = Buffer.from(payload[name] as string)
        const place = at % bytes.length
        bytes[place] = (bytes[place] as number) ^ by
        const [status] = await refusal({ ...bag, [`data/${name}`]: bytes })
        expect(status).toBe(422)
      }),
      { numRuns: 25 },
    )
  })
})

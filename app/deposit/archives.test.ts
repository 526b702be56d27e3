import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bagOf } from '../../test/support/bag.ts'
import { type Depositor, depositor, jsonOf, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { zipOf } from '../../test/support/zip.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['archives'], () => ({ limits: { storage: 0.1, upload: 0.01, connections: 4 } }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const post = (body: Uint8Array) =>
  kura.request(id, '/api/v1/imports', {
    method: 'POST',
    headers: { 'content-type': 'application/zip', authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  })
const outcomes = async (body: Uint8Array): Promise<Outcome[]> =>
  (await (await post(body)).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const problem = async (body: Uint8Array) => {
  const response = await post(body)
  return [response.status, (await jsonOf<{ detail: string }>(response)).detail]
}

/** An entry as a program of our own making writes it: with whatever name, sizes and place it likes. */
interface RawEntry {
  name: Uint8Array | string
  content?: Uint8Array | string
  flags?: number
  extra?: Uint8Array
  /** Size that the directory claims. */
  claimed?: number
  /** Where the directory says that it begins. */
  at?: number
}

function rawZip(entries: RawEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content = '', flags = 0, extra = new Uint8Array(), claimed, at = offset } of entries) {
    const named = Buffer.from(name as string)
    const plain = Buffer.from(content as string)
    const packed = deflateRawSync(plain)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? plain.length, 18)
    common.writeUInt16LE(named.length, 22)
    common.writeUInt16LE(extra.length, 24)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, named, extra, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, rest, named, extra]))
    parts.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    8,
  )
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end])
}

const UTF8 = 0x800
/** 論文 and 表紙 (whose second byte is a backslash), テスト in half-width katakana, ① of NEC and 﨑 of IBM, in code page 932. */
const cp932 = {
  論文: Buffer.from('985f95b6', 'hex'),
  表紙: Buffer.from('955c8e86', 'hex'),
  ﾃｽ: Buffer.from('c3bd', 'hex'),
  '①﨑': Buffer.from('8740fab1', 'hex'),
}
const inCp932 = {
  論: Buffer.from('985f', 'hex'),
  文: Buffer.from('95b6', 'hex'),
  紀: Buffer.from('8b49', 'hex'),
  要: Buffer.from('9776', 'hex'),
  が: Buffer.from('82aa', 'hex'),
}
const unicodePath = (name: string, raw: Uint8Array) => {
  const path = Buffer.from(name)
  const field = Buffer.alloc(9)
  field.writeUInt16LE(0x7075, 0)
  field.writeUInt16LE(5 + path.length, 2)
  field[4] = 1
  field.writeUInt32LE(crc32(raw), 5)
  return Buffer.concat([field, path])
}
const xml = Buffer.from('.xml')
const sources = async (entries: RawEntry[]) =>
  (await outcomes(rawZip(entries.map((entry) => ({ content: minimalXml('Named'), ...entry }))))).map(
    ({ source, status }) => (status === 'rejected' ? status : source),
  )

describe('names in an archive', () => {
  it('are code page 932 where they say nothing, as Windows in Japan writes them', async () => {
    const names = Object.values(cp932).map((name) => ({ name: Buffer.concat([name, xml]) }))
    expect(await sources(names)).toEqual(Object.keys(cp932).map((name) => `${name}.xml`))
  })

  it('are UTF-8 where they say nothing and all of them can be', async () => {
    expect(await sources([{ name: '無印/論文.xml' }, { name: '無印/é.xml' }])).toEqual(['無印/論文.xml', '無印/é.xml'])
  })

  it('are what they say: by the flag, or by the field of Info-ZIP while it fits the plain name', async () => {
    const raw = Buffer.from([0x81, ...xml])
    expect(
      await sources([
        { name: '旗.xml', flags: UTF8 },
        { name: raw, extra: unicodePath('ü.xml', raw) },
        { name: Buffer.concat([cp932.論文, xml]), extra: unicodePath('left behind.xml', raw) },
      ]),
    ).toEqual(['旗.xml', 'ü.xml', '論文.xml'])
  })

  it('find the folder with a record’s files, also where a character holds the byte of a backslash', async () => {
    const [outcome] = await outcomes(
      rawZip([
        { name: Buffer.concat([cp932.表紙, xml]), content: minimalXml('Cover') },
        { name: Buffer.concat([cp932.表紙, Buffer.from('\\'), cp932.論文, Buffer.from('.txt')]), content: 'text' },
      ]),
    )
    expect(outcome?.source).toBe('表紙.xml')
    const item = await jsonOf(staff.api(`/items/${outcome?.item.number}`))
    expect(item.files.map(({ name }) => name)).toEqual(['論文.txt'])
  })

  const journal = bagOf(
    { '論文.xml': minimalXml('In a bag'), '論文/が.txt': 'text' },
    { folder: '紀要/', tags: { 'bag-info.txt': 'Source-Organization: A fictional society\n' } },
  )
  it.each<[string, (path: string) => Uint8Array | string, RawEntry[]]>([
    [
      'Windows in Japan',
      // Manifests stay in UTF-8.
      (path) => Buffer.concat([...path].map((each) => inCp932[each as keyof typeof inCp932] ?? Buffer.from(each))),
      [],
    ],
    ['macOS', (path) => path.normalize('NFD'), [{ name: '__MACOSX/._紀要' }, { name: '.DS_Store' }]],
  ])('of a bag are read as %s writes them', async (_, encode, more) => {
    const entries = Object.entries(journal).map(([path, content]) => ({ name: encode(path), content }))
    const [outcome, ...others] = await outcomes(rawZip([...entries, ...more]))
    expect([outcome?.source, others]).toEqual(['論文.xml', []])
    const item = await jsonOf(staff.api(`/items/${outcome?.item.number}`))
    expect(item.files.map(({ name }) => name)).toEqual(['が.txt'])
  })

  it('are refused where they are in no encoding, or are not in the one that they claim', async () => {
    for (const entry of [{ name: Buffer.from([0x82, 0xff, 0x80]) }, { name: cp932.論文, flags: UTF8 }])
      expect(await problem(rawZip([{ name: 'a.xml' }, entry]))).toEqual([
        400,
        expect.stringContaining('neither UTF-8 nor code page 932'),
      ])
  })

  it.each([
    ['../a.xml', 'invalid relative path'],
    ['a/../../b.xml', 'invalid relative path'],
    ['..\\a.xml', 'invalid relative path'],
    ['/etc/a.xml', 'absolute path'],
    ['C:\\a.xml', 'absolute path'],
    ['\\\\server\\a.xml', 'absolute path'],
  ])('lead nowhere else: %s', async (name, message) => {
    expect(await problem(rawZip([{ name }]))).toEqual([400, expect.stringContaining(message)])
    expect(await problem(rawZip([{ name, flags: UTF8 }]))).toEqual([400, expect.stringContaining(message)])
    const raw = Buffer.from('harmless.xml')
    expect(await problem(rawZip([{ name: raw, extra: unicodePath(name, raw) }]))).toEqual([
      400,
      expect.stringContaining(message),
    ])
  })

  it('are bounded in length and depth', async () => {
    for (const name of [`${'n'.repeat(1_001)}.xml`, `${'d/'.repeat(40)}a.xml`])
      expect(await problem(rawZip([{ name }]))).toEqual([400, expect.stringContaining('longer than 1000 bytes')])
  })
})

it.each<[string, Record<string, string | Uint8Array>]>([
  ['alone', { 'a.pdf': 'text', 'b/c.txt': 'text' }],
  ['in a bag', bagOf({ 'a.pdf': 'text' })],
])('files without a record %s are no success', async (_, files) => {
  expect(await problem(await zipOf(files))).toEqual([422, expect.stringContaining('and no record')])
})

it('files that no record has are named with the last one', async () => {
  const named = minimalXml('Named', { files: '<jpcoar:file><jpcoar:URI>shared/used.txt</jpcoar:URI></jpcoar:file>' })
  const archive = {
    'a.xml': named,
    'b.xml': minimalXml('B'),
    'b/own.txt': 'x',
    'shared/used.txt': 'x',
    'shared/left.txt': 'x',
    'B.pdf': 'x',
    'b/Thumbs.db': 'x',
    'Thumbs.db': 'x',
  }
  const unused = (await staff.zip(archive)).map(({ status, warnings }) => [
    status,
    ...warnings.flatMap(({ rule, message }) => (rule === 'import.unused' ? [message] : [])),
  ])
  const left = ['shared/left.txt', 'B.pdf'].map((name) => `${name} belongs to no record and was left out`)
  expect(unused).toEqual([['imported'], ['imported', ...left]])
  const rows = await staff.zip({ 'rows.csv': 'source,title,type,file\nr1,T,book,x.txt\n', 'x.txt': 'x', 'y.txt': 'x' })
  expect(rows[0]?.warnings.filter(({ rule }) => rule === 'import.unused')).toMatchObject([
    { message: expect.stringContaining('y.txt') },
  ])
})

describe('an archive that is a bomb', () => {
  it('by what it says it unpacks to is refused whole', async () => {
    const entries = Array.from({ length: 20 }, (_, n) => ({ name: `${n}.bin`, claimed: 4_000_000 }))
    expect(await problem(rawZip(entries))).toEqual([413, expect.stringContaining('unpacks to 80000000 bytes')])
  })

  it('by lying about it loses the record that lies, before more than that is read', async () => {
    const zeros = new Uint8Array(8_000_000)
    const result = await outcomes(
      rawZip([
        { name: 'record.xml', content: Buffer.concat([Buffer.from(minimalXml('Lie')), zeros]), claimed: 500 },
        { name: 'file.xml', content: minimalXml('File that lies') },
        { name: 'file/data.bin', content: zeros, claimed: 10 },
        { name: 'fewer.xml', content: minimalXml('File that has less') },
        { name: 'fewer/data.bin', content: 'short', claimed: 5_000 },
        { name: 'good.xml', content: minimalXml('Good') },
      ]),
    )
    expect(result.map(({ source, status, errors }) => [source, status, errors[0]?.rule])).toEqual([
      ['record.xml', 'rejected', 'zip.entry'],
      ['file.xml', 'rejected', 'file.unreadable'],
      ['fewer.xml', 'rejected', 'file.unreadable'],
      ['good.xml', 'imported', undefined],
    ])
  })

  it('by entries that share their bytes is refused whole', async () => {
    const content = new Uint8Array(1_000_000)
    for (const at of [0, 10])
      expect(
        await problem(
          rawZip([
            { name: 'a.bin', content },
            { name: 'b.bin', content, at },
          ]),
        ),
      ).toEqual([400, expect.stringContaining('overlap')])
  })

  it('or a bag with any of this is refused before anything of it is unpacked', async () => {
    const bag = Object.entries(bagOf({ 'a.xml': minimalXml('A') })).map(([name, content]) => ({ name, content }))
    const bombs = Array.from({ length: 20 }, (_, n) => ({ name: `tags/${n}.txt`, claimed: 4_000_000 }))
    expect(await problem(rawZip([...bag, ...bombs]))).toEqual([413, expect.stringContaining('unpacks to')])
    expect(await problem(rawZip([...bag, { name: 'more.txt', content: 'x', at: 0 }]))).toEqual([
      400,
      expect.stringContaining('overlap'),
    ])
  })

  it('by the number of its entries is refused whole', async () => {
    // The directory's end as ZIP64 writes it (APPNOTE 4.3.14 to 4.3.16): nothing more has to be there.
    const end = Buffer.alloc(56 + 20 + 22)
    end.write('PK\x06\x06', 0)
    end.writeBigUInt64LE(44n, 4)
    end.writeBigUInt64LE(500_001n, 24)
    end.writeBigUInt64LE(500_001n, 32)
    end.write('PK\x06\x07', 56)
    end.write('PK\x05\x06', 76)
    end.fill(0xff, 84, 96)
    expect(await problem(end)).toEqual([413, expect.stringContaining('500000 entries')])
  })

  it('by an archive within it is a file like any other, which nobody unpacks', async () => {
    const inner = await zipOf({ 'inner.xml': minimalXml('Inner'), 'bomb.bin': new Uint8Array(9_000_000) })
    const [outcome, ...others] = await staff.zip({ 'outer.xml': minimalXml('Outer'), 'outer/inner.zip': inner })
    expect(others).toEqual([])
    const item = await jsonOf(staff.api(`/items/${outcome?.item.number}`))
    expect(item.files).toMatchObject([{ name: 'inner.zip' }])
  })

  it('says so where an entry is encrypted or packed in a way that nobody knows', async () => {
    const archive = rawZip([
      { name: 'locked.xml', content: minimalXml('Locked'), flags: 1 },
      { name: 'open.xml', content: minimalXml('Open') },
    ])
    expect((await outcomes(archive)).map(({ errors }) => errors[0]?.message)).toEqual([
      expect.stringContaining('encrypted'),
      undefined,
    ])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimalXml, type Outcome } from '../../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../../test/support/institutions.ts'
import { fc } from '../../../../test/support/property.ts'
import { encode } from '../../../../test/support/tables.ts'
import { zipOf } from '../../../../test/support/zip.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['tables'], () => ({ limits: { storage: 0.01, upload: 0.01, connections: 4 } }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

type Body = string | Uint8Array
const post = (body: Body, type = 'text/csv') =>
  kura.request(id, '/api/v1/imports', {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body: body as NonNullable<RequestInit['body']>,
  })
const outcomes = async (body: Body, type?: string): Promise<Outcome[]> => {
  const response = await post(body, type)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${response.status} ${text}`)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
const one = async (body: Body, type?: string) => (await outcomes(body, type))[0] as Outcome
const refusal = async (body: Body, type?: string) => {
  const response = await post(body, type)
  expect(response.status).toBe(422)
  return (await jsonOf<{ detail: string }>(response)).detail
}
const recordOf = async ({ item }: Outcome) =>
  (await jsonOf<{ record: { [field: string]: unknown } }>(staff.api(`/items/${item.number}`))).record

const statuses = (all: Outcome[]) => all.map(({ source, status, errors }) => [source, status, errors[0]?.rule])

describe('the template', () => {
  it.each(['ja', 'en'])('in the language %s opens in Excel, and is imported without a complaint', async (lang) => {
    const response = await kura.request(id, `/api/v1/imports/template.csv?lang=${lang}`)
    expect(response.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const outcome = await one(bytes)
    expect(outcome).toMatchObject({ source: 'kiyo-12-1-03', warnings: [], errors: [] })
    expect(outcome.status).toBe(lang === 'ja' ? 'imported' : 'unchanged')
    expect(await recordOf(outcome)).toMatchObject({
      creators: [
        {
          names: [{ value: '蔵野, 文' }, { value: 'Kurano, Fumi' }],
          identifiers: [{ value: '0000-0000-0000-0001' }],
          affiliations: [{ names: [{ value: '蒼空大学' }] }],
        },
        { names: [{ value: '港, 満' }, {}], affiliations: [{ names: [{ value: 'みさき海洋研究所' }] }] },
      ],
      subjects: [{ value: '水路' }, { value: '町並み' }, { value: '517.5', scheme: 'NDC' }],
    })
  })
})

describe('a table', () => {
  it('is a record a row; what is wrong is said by row and column, and stops nobody', async () => {
    const csv = [
      'source,title[en],type,date[Issued],sourceIdentifier[PISSN],issue,language',
      't1,One,dataset,2026-03-01,,,',
      ',,,,,,',
      '',
      't2,Two,novel,2026/3/1,3785955,1月2日,japanese',
      ',No source,dataset,,,,',
      't3,Three,dataset',
      't4,,dataset,,,,',
      't5,#NAME?,dataset,,,,,,,',
      't6,"=HYPERLINK(""https://kura.example"")",dataset,,,,jpn|eng',
      't1,Again,dataset,,,,',
    ].join('\r\n')
    const all = await outcomes(csv)
    expect(statuses(all)).toEqual([
      ['t1', 'imported', undefined],
      ['t2', 'rejected', 'table.date'],
      [null, 'rejected', 'import.parameter'],
      [null, 'rejected', 'table.width'],
      ['t4', 'rejected', 'record.required'],
      ['t5', 'rejected', 'table.excel'],
      ['t6', 'imported', undefined],
      ['t1', 'rejected', 'import.duplicate'],
    ])
    const places = ({ errors }: Outcome) => errors.map(({ rule, path }) => [rule, path])
    expect(places(all[1] as Outcome)).toEqual([
      ['table.date', 'row 5, date[Issued]'],
      ['table.number', 'row 5, sourceIdentifier[PISSN]'],
      ['record.value', 'row 5, language'],
      ['record.term', 'row 5, type'],
    ])
    expect(all[1]?.errors[0]?.message).toContain('"2026/3/1", the way a spreadsheet shows a date; write 2026-03-01')
    expect(all[1]?.warnings).toEqual([{ rule: 'table.date', path: 'row 5, issue', message: expect.any(String) }])
    expect(all[2]?.errors).toEqual([
      { rule: 'import.parameter', path: 'row 6, source', message: 'is empty: it names the record for good' },
    ])
    expect(all[3]?.errors).toEqual([
      { rule: 'table.width', path: 'row 7', message: 'has 3 cells, but the header has 7' },
    ])
    expect(places(all[4] as Outcome)).toEqual([['record.required', 'row 8, title']])
    expect(places(all[5] as Outcome)).toEqual([['table.excel', 'row 9, title[en]']])
    expect(await recordOf(all[6] as Outcome)).toMatchObject({
      titles: [{ value: '=HYPERLINK("https://kura.example")' }],
      languages: ['jpn', 'eng'],
    })
  })

  it('says where one column contradicts another', async () => {
    const header = 'source,title,type,title[1],contributor[1][Editor],contributor[1][Translator].familyName'
    const { errors } = await one(`${header}\na,x,book,y,z,w`)
    expect(errors.map(({ rule, path }) => [rule, path])).toEqual([
      ['table.twice', 'row 2, title[1]'],
      ['table.twice', 'row 2, contributor[1][Translator].familyName'],
    ])
  })

  it('has breaks inside quotation marks, and quotation marks inside cells', async () => {
    const rows = ['source,description[Abstract],type,title', 'q,"one\r\n\r\n""two""",book,The "Kura" of it', '']
    expect(await recordOf(await one(rows.join('\r')))).toMatchObject({
      titles: [{ value: 'The "Kura" of it' }],
      descriptions: [{ value: 'one\n\n"two"' }],
    })
  })

  it('names its separator in a first line, as Excel takes it; rows are counted with that', async () => {
    const [first, second] = await outcomes('sep=;\r\nsource;title;type\r\nsep;a,b;book\r\nsep2;;book')
    expect(await recordOf(first as Outcome)).toMatchObject({ titles: [{ value: 'a,b' }] })
    expect(second?.errors[0]?.path).toBe('row 4, title')
  })

  it('may have tabs', async () => {
    const type = 'text/tab-separated-values'
    expect(await one('source\ttitle\ttype\ntab\tA, B\tbook', type)).toMatchObject({ source: 'tab', status: 'imported' })
  })

  it('whose quotation mark is never closed is read as far as that', async () => {
    const rows = 'source,title,type\nu1,A,book\nu2,"B,book\n'
    expect((await outcomes(rows)).map(({ source, errors }) => [source, errors[0]])).toEqual([
      ['u1', undefined],
      [null, { rule: 'table.row', path: 'row 3', message: expect.stringContaining('not closed') }],
    ])
    const long = await outcomes(`${rows}${'u3,C,book\n'.repeat(500_000)}`)
    expect(statuses(long)).toEqual([
      ['u1', 'unchanged', undefined],
      [null, 'rejected', 'table.row'],
    ])
    expect(long[1]?.errors[0]?.message).toContain('longer than 4194304 characters')
  })

  it('rejects a cell or a row that holds too much, and goes on', async () => {
    const rows = [
      'source,subject[NDC],title,type',
      `b1,,${'x'.repeat(200_001)},book`,
      `b2,${'1|'.repeat(10_001)},x,book`,
      'b3,1,x,book',
    ]
    expect(statuses(await outcomes(rows.join('\n')))).toEqual([
      ['b1', 'rejected', 'table.cell'],
      ['b2', 'rejected', 'table.cell'],
      ['b3', 'imported', undefined],
    ])
    const schemes = ['NDC', 'BSH', 'DDC', 'LCC', 'UDC', 'MeSH'].flatMap((scheme) => [`${scheme}][ja`, `${scheme}][en`])
    const wide = [
      ['source', 'title', 'type', ...schemes.map((scheme) => `subject[${scheme}]`)],
      ['w1', 'x', 'book', ...schemes.map(() => '1|'.repeat(9_999))],
      ['w2', 'x', 'book', ...schemes.map(() => '')],
    ]
    expect(statuses(await outcomes(wide.map((cells) => cells.join()).join('\n')))).toEqual([
      ['w1', 'rejected', 'table.values'],
      ['w2', 'imported', undefined],
    ])
  })

  it('without a header, or without the column source, is refused as a whole', async () => {
    expect(await refusal('')).toContain('no column "source"')
    expect(await refusal('title,type\nx,book')).toContain('no column "source"')
  })

  it('answers the rows that have come before the others have', async () => {
    const chunks = new TransformStream<Uint8Array, Uint8Array>()
    const writer = chunks.writable.getWriter()
    // The encoding is decided on what comes first, so that some must have come.
    const filler = `,,${' '.repeat(1_000)}\n`.repeat(70)
    void writer.write(new TextEncoder().encode(`source,title,type\nslow-1,One,book\n${filler}`))
    const response = await kura.request(id, '/api/v1/imports', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
      body: chunks.readable,
      duplex: 'half',
    } as RequestInit)
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    expect(JSON.parse(new TextDecoder().decode((await reader.read()).value))).toMatchObject({ source: 'slow-1' })
    await writer.close()
    expect((await reader.read()).done).toBe(true)
  })
})

describe('the encoding of a table', () => {
  const csv = 'source,タイトル[ja],type\r\nenc,"日本語～①㈱ のﾀｲﾄﾙ",book\r\n'
  const mark = '\ufeff'

  it.each<[string, Uint8Array | undefined, string]>([
    ['UTF-8', encode(csv, 'utf-8'), 'text/csv'],
    ['UTF-8 with a mark', encode(mark + csv, 'utf-8'), 'text/csv'],
    ['UTF-8 with a mark, whatever is said', encode(mark + csv, 'utf-8'), 'text/csv; charset=shift_jis'],
    ['UTF-16 with a mark', encode(mark + csv, 'utf-16le'), 'text/csv'],
    ['UTF-16 the other way round', encode(mark + csv, 'utf-16be'), 'text/csv; charset=UTF-16'],
    ['UTF-16 without a mark', encode(csv, 'utf-16le'), 'text/csv'],
    ['UTF-16 without a mark, the other way round', encode(csv, 'utf-16be'), 'text/csv; charset="utf-16"'],
    ['CP932', encode(csv, 'cp932'), 'text/csv'],
    ['CP932, when that is said', encode(csv, 'cp932'), 'text/csv; header=present; charset=CP932'],
  ])('is found to be %s', async (_, bytes, type) => {
    const outcome = await one(bytes as Uint8Array, type)
    expect(await recordOf(outcome)).toMatchObject({ titles: [{ value: '日本語～①㈱ のﾀｲﾄﾙ', lang: 'ja' }] })
  })

  it('is decided where it matters, however late that is', async () => {
    const empty = `,,${' '.repeat(1_000)}\n`.repeat(200)
    const bytes = encode(`source,title,type\n${empty}late,蔵,book`, 'cp932') as Uint8Array
    expect(await recordOf(await one(bytes))).toMatchObject({ titles: [{ value: '蔵' }] })
  })

  it('does not allow every byte: what is no character is named by row and column, never replaced', async () => {
    for (const encoding of ['utf-8', 'cp932'] as const) {
      const japanese = '水路の変遷を、地図と聞き取りから明らかにする'
      const good = encode(`source,タイトル[ja],type\r\n${encoding},${japanese},book\r\n`, encoding) as Buffer
      const broken = [Buffer.from(`${encoding}-2,a`), Buffer.from([0xff]), Buffer.from('b,book\r\nafter,c,book')]
      const all = await outcomes(Buffer.concat([good, ...broken]))
      expect(all[1]?.errors).toEqual([
        {
          rule: 'table.encoding',
          path: 'row 3, タイトル[ja]',
          message: expect.stringContaining(encoding.toUpperCase()),
        },
      ])
      expect(all[2]?.errors).toEqual([])
    }
  })

  it('that is none of these is not guessed', async () => {
    // 水路の変遷についての論文
    const words = Buffer.from('bfe5cfa9a4cecad1c1aba4cba4c4a4a4a4c6a4cecfc0cab8', 'hex')
    const eucJp = Buffer.concat([Buffer.from('source,title,type\neuc,'), words, Buffer.from(',book')])
    expect(await refusal(eucJp)).toContain('neither in UTF-8 nor in CP932')
    const outcome = await one(eucJp, 'text/csv; charset=euc-jp')
    expect(await recordOf(outcome)).toMatchObject({ titles: [{ value: '水路の変遷についての論文' }] })
    expect(await refusal(Buffer.concat([eucJp, Buffer.from([0xff, 0xfe, 0xff])]))).toContain('neither')
    expect((await post(eucJp, 'text/csv; charset=klingon')).status).toBe(415)
  })
})

describe('an archive with a table', () => {
  it('has a record a row, with the files that the row names', async () => {
    const list = [
      'source,title,type,file,file[2].uri',
      'z1,A,book,論文/50% #1.pdf,https://kura.example/b.pdf',
      'z2,B,book,gone.pdf,',
      'z3,C,book,a.xml|論文/50% #1.pdf,',
    ]
    const all = await staff.zip({
      'import/list.csv': encode(list.join('\r\n'), 'cp932') as Uint8Array,
      'import/論文/50% #1.pdf': '%PDF-1.4',
      'import/論文/data.csv': 'not,the,list',
      'import/list/a.xml': '<a/>',
    })
    expect(statuses(all)).toEqual([
      ['z1', 'imported', undefined],
      ['z2', 'rejected', 'file.missing'],
      ['z3', 'imported', undefined],
    ])
    const namesOf = async ({ item }: Outcome) =>
      (await jsonOf(staff.api(`/items/${item.number}`))).files.map(({ name }) => name)
    expect(await namesOf(all[0] as Outcome)).toEqual(['50% #1.pdf', 'https://kura.example/b.pdf'])
    expect(await namesOf(all[2] as Outcome)).toEqual(['a.xml', '50% #1.pdf'])
    const bytes = await kura.request(id, `/items/${all[0]?.item.number}/files/${encodeURIComponent('50% #1.pdf')}`)
    expect(await bytes.text()).toBe('%PDF-1.4')
  })

  it('may have tabs; beside a record, a table is a file', async () => {
    const tabs = await staff.zip({ 'list.tsv': 'source\ttitle\ttype\nz4\tA\tbook' })
    expect(statuses(tabs)).toEqual([['z4', 'imported', undefined]])
    const xml = await staff.zip({ 'r.xml': minimalXml('R'), 'list.csv': 'a,b' })
    expect(statuses(xml)).toEqual([['r.xml', 'imported', undefined]])
  })

  it('is refused where it is not clear which, or with a column that is not known', async () => {
    const send = async (files: { [name: string]: string }) => await refusal(await zipOf(files), 'application/zip')
    expect(await send({ 'a.csv': 'source', 'b.tsv': 'source' })).toContain('a.csv and b.tsv')
    expect(await send({ 'a.csv': 'source,titel' })).toContain('titel')
    expect(await send({ 'a.csv': 'source,"title' })).toContain('not closed')
  })

  it('whose table is spoilt keeps what was read of it', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `,,${i * i * 7919}\n`).join('')
    const archive = await zipOf({ 'list.csv': `source,title,type\nspoilt,A,book\n${rows.replace(/\d/g, ' ')}${rows}` })
    archive.fill(0xff, archive.length - 200, archive.length - 190)
    const all = await outcomes(archive, 'application/zip')
    expect(all.at(-1)).toMatchObject({ source: null, status: 'rejected', errors: [{ rule: 'zip.entry' }] })
  })
})

describe('whatever is sent as a table', () => {
  /** Pieces that mean something to the reader, and any characters. */
  const signs = ['\n', '\r\n', '\r', ',', '\t', '"', '""', '|', '\\', 'sep=;\n', '[ja]', '[1]', '.', '#', '\ufeff']
  const words = ['source', 'title', ',type', '2026/3/1', '46082', '9E+12', '蔵', '\u0000', '\ufffd', 'dataset']
  const piece = fc.oneof(fc.constantFrom(...signs), fc.constantFrom(...words), fc.string({ unit: 'binary' }))
  const header = fc.constantFrom('', 'source,title,type\n', 'source,タイトル[ja],type,date[Issued],number,旧アドレス\n')
  const encoded = fc
    .tuple(header, fc.array(piece, { maxLength: 60 }), fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'cp932'))
    .map(([first, rest, encoding]) => {
      const text = first + rest.join('')
      return encode(text, encoding as 'utf-8') ?? Buffer.from(text)
    })
  const bytes = fc.oneof(
    encoded,
    fc.uint8Array({ maxLength: 2_000 }),
    fc.tuple(encoded, fc.uint8Array()).map((parts) => Buffer.concat(parts)),
  )
  const type = fc.constantFrom(
    'text/csv',
    'text/tab-separated-values',
    'text/csv; charset=ms932',
    'text/csv; charset=utf-16',
  )

  it('is answered: refused as a whole with the reason, or row by row', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, type, async (body, type) => {
        const response = await post(body, type)
        expect([200, 422]).toContain(response.status)
        const lines = (await response.text()).split('\n').filter(Boolean)
        const answers = lines.map((line) => JSON.parse(line))
        if (response.status === 422)
          expect(answers).toMatchObject([{ title: expect.any(String), detail: expect.any(String) }])
        for (const { status, errors } of response.status === 200 ? answers : [])
          if (status === 'rejected')
            expect(errors[0]).toMatchObject({ path: expect.any(String), message: expect.any(String) })
      }),
      { numRuns: 300 },
    )
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { zipOf } from '../../test/support/zip.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['deposit'], () => ({ limits: { storage: 0.001, upload: 0.01, connections: 4 } }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const post = (type: string, body: NonNullable<RequestInit['body']>, { query = '', bearer = token } = {}) =>
  kura.request(id, `/api/v1/imports${query}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(bearer && { authorization: `Bearer ${bearer}` }) },
    body,
    duplex: 'half',
  } as RequestInit)
const read = (number: number) => jsonOf(staff.api(`/items/${number}`))

describe('the query of an import', () => {
  const forms = {
    'application/x-ndjson': (source: string, more = {}) => JSON.stringify({ source, record: minimal('x'), ...more }),
    'application/json': (source: string, more = {}) => JSON.stringify([{ source, record: minimal('x'), ...more }]),
    'text/csv': (source: string) => `source,title,type\n${source},x,book\n`,
    'text/tab-separated-values': (source: string) => `source\ttitle\ttype\n${source}\tx\tbook\n`,
    'application/zip': (source: string) => zipOf({ [source]: minimalXml('x') }),
  }
  const types = Object.keys(forms) as (keyof typeof forms)[]

  it.each(types)('is refused where %s does not know a word of it, and nothing is imported', async (type) => {
    const body = await forms[type](`${type}/refused.xml`)
    for (const query of ['?Mode=check', '?check=true', '?source=x', '?mode=check&mode=import', '?collections=x'])
      expect((await post(type, body, { query })).status, query).toBe(422)
    expect((await jsonOf<Outcome>(post(type, body))).status).toBe('imported')
  })

  it.each(types)('puts what comes as %s into collections', async (type) => {
    const { id: collection } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: type } }))
    const body = await forms[type](`${type}/placed.xml`)
    const { item } = await jsonOf<Outcome>(post(type, body, { query: `?collections=${collection}` }))
    expect(await jsonOf(staff.api(`/items/${item.number}/collections`))).toEqual({ collections: [collection] })
  })

  it('says nothing of a record that says itself where it lies', async () => {
    const { id: collection } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '自身' } }))
    const body = forms['application/x-ndjson']('says-itself', { collections: [] })
    const { item } = await jsonOf<Outcome>(post('application/x-ndjson', body, { query: `?collections=${collection}` }))
    expect(await jsonOf(staff.api(`/items/${item.number}/collections`))).toEqual({ collections: [] })
  })
})

describe('a record that is rejected', () => {
  it('moves no number of those after it', async () => {
    const [before] = await staff.lines({ source: 'number-before', record: minimal('x') })
    const line = { source: 'number-lost', number: 9_000_000, collections: [9_999], record: minimal('x') }
    const [lost, after] = await staff.lines(line, { source: 'number-after', record: minimal('x') })
    expect(lost?.errors[0]?.rule).toBe('import.collections')
    expect(after?.item.number).toBeLessThan((before?.item.number ?? 0) + 10)
  })
})

describe('an institution that stores more than it may', () => {
  it('still takes changes that add nothing', async () => {
    const [made] = await staff.zip({ 'full.xml': minimalXml('Full'), 'full/a.txt': 'a' })
    await kura.asSuperuser(id, `update file set size = size + 5000000 where item = ${made?.item.number}`)
    const [changed] = await staff.zip({ 'full.xml': minimalXml('Changed'), 'full/a.txt': 'a' })
    const [more] = await staff.zip({ 'more.xml': minimalXml('More'), 'more/b.txt': 'b' })
    await kura.asSuperuser(id, `update file set size = size - 5000000 where item = ${made?.item.number}`)
    expect([changed?.status, more?.errors[0]?.rule]).toEqual(['updated', 'file.storage'])
  })
})

describe('an import of XML', () => {
  it('takes source, number and OAI identifier from the query', async () => {
    const query = '?source=old%2F12&number=2000012&oaiIdentifier=oai:old.example:00000012'
    const outcome = await (await post('application/xml', minimalXml('An old one'), { query })).json()
    expect(outcome).toMatchObject({ source: 'old/12', status: 'imported', item: { number: 2_000_012 }, errors: [] })
    expect(await read(2_000_012)).toMatchObject({ oaiIdentifier: 'oai:old.example:00000012' })
  })

  it('gives the next item a number that nobody has', async () => {
    const [outcome] = await staff.lines({ source: 'after', record: minimal('After it') })
    expect(outcome?.item.number).toBe(2_000_013)
  })

  it('rejects a record with what is wrong and where', async () => {
    const xml = minimalXml('Wrong').replace('>journal article<', '>journal artcle<')
    const outcome = await jsonOf<Outcome>(post('application/xml', xml, { query: '?source=wrong' }))
    expect(outcome.status).toBe('rejected')
    expect(outcome.errors).toEqual([
      {
        rule: expect.any(String),
        path: expect.stringContaining('dc:type'),
        message: expect.stringContaining('journal article'),
      },
    ])
  })

  it('says what is wrong with its parameters', async () => {
    for (const query of [
      '',
      '?source=a&number=0',
      '?source=a&oaiIdentifier=12',
      '?source=a&nmber=1',
      '?source=a&publicationDate=2026-02-30',
    ])
      expect((await post('application/xml', minimalXml('x'), { query })).status, query).toBe(422)
  })

  it('gives an identifier of our own form to the item of its number alone', async () => {
    const own = (number: number) => `oai:${id}.example:${String(number).padStart(8, '0')}`
    const [first] = await staff.lines({ source: 'own-1', oaiIdentifier: own(3_000_001), record: minimal('Own') })
    expect(first?.item.number).toBe(3_000_001)
    const [other] = await staff.lines({ source: 'own-2', oaiIdentifier: own(7), number: 8, record: minimal('Other') })
    expect(other).toMatchObject({ status: 'rejected', errors: [{ rule: 'import.identifier' }] })
  })

  it('rejects a number or an identifier that is taken, and one that would change', async () => {
    const rule = async (query: string) =>
      (await jsonOf<Outcome>(post('application/xml', minimalXml('Again'), { query }))).errors[0]?.rule
    expect(await rule('?source=other&number=2000012')).toBe('import.taken')
    expect(await rule('?source=other&oaiIdentifier=oai:old.example:00000012')).toBe('import.taken')
    expect(await rule('?source=old/12&number=5')).toBe('import.number')
    expect(await rule('?source=old/12&oaiIdentifier=oai:new.example:00000012')).toBe('import.identifier')
  })
})

describe('an import of lines', () => {
  it('answers a line for each, in order; a bad one stops nobody', async () => {
    const body = [
      JSON.stringify({ source: 'l1', record: minimal('One') }),
      '{"source": "l2", ',
      JSON.stringify({ source: 'l3', record: { titles: [] } }),
      JSON.stringify({ source: 'l4', recrd: {} }),
      JSON.stringify({ record: minimal('No source') }),
      '',
      JSON.stringify({ source: 'l5', record: minimal('Five', { files: [{ uri: 'missing.pdf' }] }) }),
      JSON.stringify({ source: 'l6', record: minimal('Six') }),
    ].join('\n')
    const response = await post('application/x-ndjson', body)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const outcomes = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(outcomes.map(({ source, status, errors }) => [source, status, errors[0]?.rule])).toEqual([
      ['l1', 'imported', undefined],
      [null, 'rejected', 'json.syntax'],
      ['l3', 'rejected', 'record.value'],
      ['l4', 'rejected', 'import.parameter'],
      [null, 'rejected', 'import.parameter'],
      ['l5', 'rejected', 'file.missing'],
      ['l6', 'imported', undefined],
    ])
  })

  it('rejects what is too large, too deep or not UTF-8, and goes on', async () => {
    const deep = `{"source":"deep","record":${'['.repeat(150_000)}${']'.repeat(150_000)}}`
    const deepTerm = `{"source":"deep-term","record":{"titles":[{"value":"x"}],"type":{"term":${'['.repeat(5_000)}${']'.repeat(5_000)}}}}`
    const wide = JSON.stringify({
      source: 'wide',
      record: { creators: Array.from({ length: 2_000 }, () => ({ names: Array(100).fill(1) })) },
    })
    const body = Buffer.concat([
      Buffer.from(`${deep}\n${deepTerm}\n${wide}\n`),
      Buffer.from('{"source":"sjis","record":{"titles":[{"value":"'),
      Buffer.from([0x93, 0xfa]),
      Buffer.from(`"}]}}\n${JSON.stringify({ source: 'after-all', record: minimal('After all') })}`),
    ])
    const outcomes = (await (await post('application/x-ndjson', body)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(outcomes.map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([
      ['rejected', 'record.size'],
      ['rejected', 'record.size'],
      ['rejected', 'record.size'],
      ['rejected', 'json.encoding'],
      ['imported', undefined],
    ])
  })

  it('decides by the source alone what is new, changed or unchanged', async () => {
    const doi = { identifiers: [{ value: 'https://doi.org/10.99999/same', type: 'DOI' }] }
    const line = (source: string, title: string) => ({ source, record: minimal(title, doi) })
    const statuses = async (...lines: object[]) => (await staff.lines(...lines)).map(({ status }) => status)
    expect(await statuses(line('s1', 'A'), line('s2', 'A'))).toEqual(['imported', 'imported'])
    expect(await statuses(line('s1', 'A'), line('s2', 'B'))).toEqual(['unchanged', 'updated'])
  })

  it('rejects the second of two equal sources in one call', async () => {
    const outcomes = await staff.lines(
      { source: 'twin', record: minimal('1') },
      { source: 'twin', record: minimal('2') },
    )
    expect(outcomes.map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([
      ['imported', undefined],
      ['rejected', 'import.duplicate'],
    ])
  })

  it('of what is unchanged makes no revision, no datestamp and no work', async () => {
    const line = { source: 'same', record: minimal('Same') }
    const [first] = await staff.lines(line)
    await kura.settle()
    const state = async () => {
      const { db } = kura.tenant(id)
      const item = first?.item.number as number
      return {
        publication: await db.selectFrom('publication').selectAll().where('item', '=', item).execute(),
        revisions: await db.selectFrom('revision').selectAll().where('item', '=', item).execute(),
        work: await db.selectFrom('outbox').selectAll().where('item', '=', item).execute(),
      }
    }
    const before = await state()
    expect(before.work).toEqual([])
    expect((await staff.lines(line))[0]?.status).toBe('unchanged')
    expect(await state()).toEqual(before)
  })

  it('makes one item of a source that two calls bring at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => staff.lines({ source: 'race', record: minimal(`Race ${i}`) })),
    )
    expect(new Set(outcomes.flat().map(({ item }) => item.number)).size).toBe(1)
    expect(outcomes.flat().filter(({ status }) => status === 'imported')).toHaveLength(1)
  })

  it('answers each record before the next has come', async () => {
    const lines = new TransformStream<Uint8Array, Uint8Array>()
    const writer = lines.writable.getWriter()
    const write = (line: object) => writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`))
    const answered = post('application/x-ndjson', lines.readable)
    void write({ source: 'slow-1', record: minimal('Slow 1') })
    const reader = ((await answered).body as ReadableStream<Uint8Array>).getReader()
    const next = async () => JSON.parse(new TextDecoder().decode((await reader.read()).value))
    expect(await next()).toMatchObject({ source: 'slow-1', status: 'imported' })
    void write({ source: 'slow-2', record: minimal('Slow 2') })
    expect(await next()).toMatchObject({ source: 'slow-2', status: 'imported' })
    await writer.close()
    expect((await reader.read()).done).toBe(true)
  })
})

describe('an import of an archive', () => {
  it('takes every record outside another’s folder, and the files that belong to it', async () => {
    const described = '<jpcoar:file><jpcoar:URI label="本文">https://old.example/論文.pdf</jpcoar:URI></jpcoar:file>'
    const outcomes = await staff.zip({
      'a/one.xml': minimalXml('One', { files: described }),
      'a/one/論文.pdf': '%PDF-1.4 one',
      'a/one/notes/data.xml': '<data/>',
      'two.xml': minimalXml('Two', { files: '<jpcoar:file><jpcoar:URI>shared/b.csv</jpcoar:URI></jpcoar:file>' }),
      'shared/b.csv': 'b',
    })
    expect(outcomes.map(({ source, status }) => [source, status])).toEqual([
      ['a/one.xml', 'imported'],
      ['two.xml', 'imported'],
    ])
    const [one, two] = await Promise.all(outcomes.map(({ item }) => read(item.number)))
    expect(one?.files.map(({ name, label, type }) => [name, label, type])).toEqual([
      ['論文.pdf', '本文', 'application/pdf'],
      ['notes/data.xml', 'notes/data.xml', 'application/xml'],
    ])
    expect(outcomes[0]?.warnings.map(({ rule }) => rule)).toContain('file.undescribed')
    expect(two?.files.map(({ name }) => name)).toEqual(['b.csv'])
  })

  it('rejects a record whose file cannot be unpacked, and goes on', async () => {
    const archive = await zipOf({
      'a.xml': minimalXml('A'),
      'b.xml': minimalXml('B'),
      'b/data.txt': 'x'.repeat(5_000),
      'c.xml': minimalXml('C'),
    })
    // Spoils the compressed bytes of the file, which follow its name.
    const at = Buffer.from(archive).indexOf('b/data.txt') + 'b/data.txt'.length
    archive.fill(0xff, at, at + 10)
    const outcomes = (await (await post('application/zip', archive, { query: '' })).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(outcomes.map(({ source, status, errors }) => [source, status, errors[0]?.rule])).toEqual([
      ['a.xml', 'imported', undefined],
      ['b.xml', 'rejected', 'file.unreadable'],
      ['c.xml', 'imported', undefined],
    ])
  })

  it('stores for a relative address the file that it leads to, also where another has the same name', async () => {
    const named = (uri: string) => `<jpcoar:file><jpcoar:URI>${uri}</jpcoar:URI></jpcoar:file>`
    const [outcome, clash] = await staff.zip({
      'r/w.xml': minimalXml('W', { files: named('../common/a/data.csv') }),
      'common/a/data.csv': 'the one that was named',
      'common/b/data.csv': 'another',
      'r/x.xml': minimalXml('X', { files: named('../common/a/data.csv') + named('../common/b/data.csv') }),
    })
    const { number } = (outcome as Outcome).item
    const bytes = await kura.request(id, `/items/${number}/files/data.csv`)
    expect(await bytes.text()).toBe('the one that was named')
    expect(clash).toMatchObject({ status: 'rejected', errors: [{ rule: 'file.name' }] })
  })

  it('rejects a record that stands in it twice', async () => {
    const archive = Buffer.from(await zipOf({ 'd1.xml': minimalXml('First'), 'd2.xml': minimalXml('Second') }))
    for (let at = archive.indexOf('d2.xml'); at !== -1; at = archive.indexOf('d2.xml')) archive.write('d1.xml', at)
    const outcomes = (await (await post('application/zip', archive)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(outcomes.map(({ source, status, errors }) => [source, status, errors[0]?.rule])).toEqual([
      ['d1.xml', 'imported', undefined],
      ['d1.xml', 'rejected', 'import.duplicate'],
    ])
  })

  it('says which files an item loses by it', async () => {
    await staff.zip({ 'l.xml': minimalXml('L'), 'l/a.txt': 'a', 'l/b.txt': 'b' })
    const [outcome] = await staff.zip({ 'l.xml': minimalXml('L'), 'l/a.txt': 'a' })
    expect(outcome?.warnings).toContainEqual({
      rule: 'file.removed',
      path: 'files',
      message: expect.stringContaining('b.txt'),
    })
  })

  it('gives up the bytes of replaced files that no version holds', async () => {
    const import1 = (content: string) => staff.zip({ 'g.xml': minimalXml('G'), 'g/a.txt': content })
    const [outcome] = await import1('one')
    const { number } = (outcome as Outcome).item
    await staff.api(`/items/${number}/versions`, 'POST')
    await import1('two')
    await import1('three')
    const kept = await kura
      .tenant(id)
      .db.selectFrom('file')
      .select(['sha256', 'object'])
      .where('item', '=', number)
      .orderBy('created_at')
      .execute()
    expect(kept.map(({ object }) => object !== null)).toEqual([true, false, true])
  })

  it('never mixes the files of two imports of one source', async () => {
    const both = () =>
      Promise.all(['AAAA', 'BBBB'].map((text) => staff.zip({ 'm.xml': minimalXml(`Title ${text}`), 'm/f.txt': text })))
    for (let round = 0; round < 5; round++) {
      const [[outcome]] = (await both()) as [[Outcome], [Outcome]]
      const item = await jsonOf<{ record: { titles: { value: string }[] } }>(staff.api(`/items/${outcome.item.number}`))
      const bytes = await (await kura.request(id, `/items/${outcome.item.number}/files/f.txt`)).text()
      expect(item.record.titles[0]?.value).toBe(`Title ${bytes}`)
    }
  })

  it('notices that only a file’s bytes changed', async () => {
    const files = { 'f.xml': minimalXml('F'), 'f/a.txt': 'one' }
    const statuses = []
    for (const content of ['one', 'one', 'two', 'one'])
      statuses.push((await staff.zip({ ...files, 'f/a.txt': content }))[0]?.status)
    expect(statuses).toEqual(['imported', 'unchanged', 'updated', 'updated'])
  })

  it('rejects what would not fit into the institution’s storage, and keeps the rest', async () => {
    const outcomes = await staff.zip({
      'big.xml': minimalXml('Big'),
      'big/data.bin': new Uint8Array(1_200_000),
      'small.xml': minimalXml('Small'),
      'small/a.txt': 'a',
    })
    expect(outcomes.map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([
      ['rejected', 'file.storage'],
      ['imported', undefined],
    ])
  })

  it('rejects a file whose name leads elsewhere', async () => {
    const [outcome] = await staff.zip({ 'p.xml': minimalXml('P'), 'p/a': 'x', 'p/x\u0007y': 'x' })
    expect(outcome).toMatchObject({ status: 'rejected', errors: [{ rule: 'file.name' }] })
  })
})

describe('a whole call', () => {
  it.each([
    ['without a token', 'application/x-ndjson', '', 401],
    ['of an unknown type', 'text/plain', undefined, 415],
    ['that is no archive', 'application/zip', undefined, 400],
  ])('%s fails with problem details', async (_, type, bearer, status) => {
    const response = await post(type, 'nonsense', bearer === undefined ? {} : { bearer })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) })
  })

  it('needs the scope for it', async () => {
    const response = await post('application/x-ndjson', '', {
      bearer: await kura.token(id, 'items:write', 'files:read'),
    })
    expect(response.status).toBe(403)
  })

  it('that is larger than the institution may send is refused', async () => {
    const response = await post('application/zip', new Uint8Array(11_000_000))
    expect(response.status).toBe(413)
  })

  it('that is cut off half-way keeps what was answered and nothing of what was not', async () => {
    const lines = new TransformStream<Uint8Array, Uint8Array>()
    const writer = lines.writable.getWriter()
    const answered = post('application/x-ndjson', lines.readable)
    void writer.write(
      new TextEncoder().encode(
        `${JSON.stringify({ source: 'cut-1', record: minimal('Cut 1') })}\n{"source":"cut-2","rec`,
      ),
    )
    const reader = ((await answered).body as ReadableStream<Uint8Array>).getReader()
    expect(JSON.parse(new TextDecoder().decode((await reader.read()).value))).toMatchObject({ status: 'imported' })
    await writer.abort(new Error('gone'))
    await reader.read().catch(() => {})
    const rows = await kura.tenant(id).db.selectFrom('item').select('source').where('source', 'like', 'cut-%').execute()
    expect(rows).toEqual([{ source: 'cut-1' }])
  })
})

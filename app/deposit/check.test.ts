import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { listed, oaiList } from '../../test/support/oai-list.ts'
import { fc } from '../../test/support/property.ts'
import { zipOf } from '../../test/support/zip.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['check'], () => ({ limits: { storage: 0.001, upload: 0.01, connections: 4 } }))
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const send = async (mode: string, type: string, body: NonNullable<RequestInit['body']>): Promise<Outcome[]> => {
  const response = await kura.request(id, `/api/v1/imports?mode=${mode}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body,
  })
  expect(response.status).toBe(200)
  const text = (await response.text()).trim()
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line))
}

/** What both must agree on. */
const said = (outcomes: Outcome[]) => outcomes.map(({ item: _, ...outcome }) => outcome)

/** Everything that an import could change: rows, numbers and objects. */
async function everything() {
  const { db } = kura.tenant(id)
  await kura.settle()
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`.execute(
    db,
  )
  const contents = await Promise.all(
    tables.rows.map(async ({ name }) => [
      name,
      (await sql`select * from ${sql.table(name)} as t order by t::text`.execute(db)).rows,
    ]),
  )
  const { rows } = await sql`select last_value, is_called from item_number`.execute(db)
  return JSON.stringify([contents, rows])
}

async function checkThenImport(type: string, body: NonNullable<RequestInit['body']>) {
  const before = await everything()
  const checked = await send('check', type, body)
  expect(await everything()).toBe(before)
  const imported = await send('import', type, body)
  expect(said(checked)).toEqual(said(imported))
  return { checked, imported }
}

describe('a check', () => {
  it('says what an import would do, and changes nothing', async () => {
    const pool = {
      source: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      number: fc.integer({ min: 1, max: 30 }),
      identifier: fc.oneof(
        fc.integer({ min: 1, max: 30 }).map((n) => `oai:${id}.example:${String(n).padStart(8, '0')}`),
        fc.constantFrom('oai:old.example:1', 'oai:old.example:2'),
      ),
      address: fc.constantFrom('/old/1', '/old/2', '/old/3', '/items/1', 'nonsense'),
      file: fc.constantFrom('gone.pdf', 'https://data.example/1', `https://${'x'.repeat(3_000)}.example/`, 'urn:x'),
    }
    const record = fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .record({ title: fc.constantFrom('One', 'Two', 'Three'), files: fc.option(pool.file) })
          .map(({ title, files }) => minimal(title, files ? { files: [{ uri: files }] } : {})),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ titles: [] }, minimal('\u0000'), minimal('\ud800'), minimal('x', { unknown: 1 })),
      },
    )
    const plain = fc.record({ source: pool.source, record })
    const full = fc.record(
      {
        source: fc.oneof(pool.source, fc.constant('s'.repeat(1_000)), fc.constant('nul\u0000')),
        number: pool.number,
        oaiIdentifier: pool.identifier,
        publicationDate: fc.constantFrom('2020-01-01', '2099-01-01', '0000-01-01'),
        formerAddresses: fc.array(pool.address, { maxLength: 2 }),
        record,
      },
      { requiredKeys: ['source', 'record'] },
    )
    const line = fc.oneof(plain, full)
    const old = { oaiIdentifier: 'oai:old.example:3' }
    // Of each kind one, so that none is left to chance; and again, for what is then there.
    const each: { source: string; record: object }[] = [
      { source: 'a', record: minimal('One') },
      { source: 'a', record: minimal('One') },
      { source: 'b', record: minimal('One', { files: [{ uri: 'gone.pdf' }] }) },
      { source: 'c', record: minimal('\u0000') },
      ...[
        { number: 20 },
        { number: 20 },
        old,
        old,
        { formerAddresses: ['/old/1'] },
        { formerAddresses: ['/old/1'] },
      ].map((more, n) => ({ source: `taken-${n}`, ...more, record: minimal('One') })),
      { source: 'd', record: minimal('One'), ...{ formerAddresses: ['nonsense'] } },
      // A day that no database has.
      { source: 'f', record: minimal('One'), ...{ publicationDate: '0000-01-01' } },
      { source: 'e', record: minimal('One'), ...{ number: 21, oaiIdentifier: `oai:${id}.example:00000022` } },
    ]
    const again = [
      { source: 'a', record: minimal('Two') },
      { source: 'taken-4', record: minimal('One') },
      { source: 'taken-0', record: minimal('One'), ...{ number: 21 } },
    ]
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
        const body = lines.map((each) => JSON.stringify(each)).join('\n')
        const { imported } = await checkThenImport('application/x-ndjson', body)
        for (const { status, errors } of imported) seen.add(errors[0]?.rule ?? status)
      }),
      { numRuns: 60, examples: [[each], [again]] },
    )
    // The property says nothing of what never happened.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'imported',
        'updated',
        'unchanged',
        'import.duplicate',
        'import.taken',
        'import.number',
        'import.identifier',
        'import.address',
        'import.refused',
        'file.missing',
      ]),
    )
  })

  it('knows what records before it have made of a source that a list names again', async () => {
    const name = (local: string) => `oai:old.example:check-${local}`
    await staff.lines({ source: name('own'), record: minimal('Own') })
    const before = oaiList([listed(name('there'), 'There'), listed(name('gone'), 'Gone')])
    await send('import', 'application/xml', before)
    await send('import', 'application/xml', oaiList([{ identifier: name('gone') }]))
    const title = fc.constantFrom('There', 'Gone', 'One', 'Two', undefined)
    const record = fc
      .record({ local: fc.constantFrom('there', 'gone', 'own', 'new', 'newer'), title })
      .map(({ local, title }) => (title === undefined ? { identifier: name(local) } : listed(name(local), title)))
    const twice = [listed(name('newest'), 'One'), listed(name('newest'), 'One'), listed(name('newest'), 'Two')]
    const deleted = [{ identifier: name('newest') }, { identifier: name('newest') }, listed(name('newest'), 'Two')]
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 10 }), async (records) => {
        const { checked } = await checkThenImport('application/xml', oaiList(records))
        for (const { status, item } of checked) if (status === 'imported') expect(item).toBeUndefined()
      }),
      { numRuns: 15, examples: [[[...twice, ...deleted]]] },
    )
  })

  it('matches files, and knows what will not fit beside those before it', async () => {
    const archive = async (text: string) =>
      await zipOf({
        'one.xml': minimalXml('One'),
        'one/a.bin': new Uint8Array(600_000).fill(1),
        'one/b.txt': text,
        'two.xml': minimalXml('Two'),
        'two/c.bin': new Uint8Array(600_000).fill(2),
        'three.xml': minimalXml('Three', { files: '<jpcoar:file><jpcoar:URI>none.pdf</jpcoar:URI></jpcoar:file>' }),
        'four.xml': minimalXml('Four'),
        'four/d.txt': 'd',
      })
    const first = await checkThenImport('application/zip', await archive('b'))
    expect(first.imported.map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([
      ['imported', undefined],
      ['rejected', 'file.storage'],
      ['rejected', 'file.missing'],
      ['imported', undefined],
    ])
    const second = await checkThenImport('application/zip', await archive('other'))
    expect(second.imported.map(({ status }) => status)).toEqual(['updated', 'rejected', 'rejected', 'unchanged'])
    const third = await checkThenImport('application/zip', await zipOf({ 'one.xml': minimalXml('One') }))
    expect(third.checked[0]?.warnings.map(({ rule }) => rule)).toContain('file.removed')
  })

  it('names the items that are there already, and gives no number to one that is not', async () => {
    const [there] = await staff.lines({ source: 'there', record: minimal('There') })
    const body = ['there', 'not there']
      .map((source) => JSON.stringify({ source, record: minimal('Changed') }))
      .join('\n')
    const checked = await send('check', 'application/x-ndjson', body)
    expect(checked.map(({ status, item }) => [status, item])).toEqual([
      ['updated', there?.item],
      ['imported', undefined],
    ])
  })

  it('leaves nothing that others see or wait for while it lasts', async () => {
    const lines = new TransformStream<Uint8Array, Uint8Array>()
    const writer = lines.writable.getWriter()
    const answered = kura.request(id, '/api/v1/imports?mode=check', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
      body: lines.readable,
      duplex: 'half',
    } as RequestInit)
    const line = { source: 'meanwhile', number: 900, record: minimal('Meanwhile') }
    void writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`))
    const reader = ((await answered).body as ReadableStream<Uint8Array>).getReader()
    expect(JSON.parse(new TextDecoder().decode((await reader.read()).value))).toMatchObject({ status: 'imported' })
    expect((await staff.lines(line))[0]?.status).toBe('imported')
    await writer.close()
    expect((await reader.read()).done).toBe(true)
  })

  it('is not something else', async () => {
    const response = await kura.request(id, '/api/v1/imports?mode=dry', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
      body: '',
    })
    expect(response.status).toBe(422)
  })
})

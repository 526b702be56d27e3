import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { fc } from '../../../test/support/property.ts'
import { Record } from '../../records/model.ts'
import { anyRecord } from '../../records/record.arbitrary.ts'
import { storableRecord } from '../../records/stored.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['editing'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

interface Json {
  number: number
  revision: number
  publicationDate: string
  record: { titles: { value: string }[]; files: object[]; [field: string]: unknown }
  files: { name: string; label: string; access: string; url: string; described?: object }[]
  warnings: { rule: string; path: string; message: string }[]
  detail: string
  errors: { rule: string; path: string; message: string }[]
}
const read = (number: number) => jsonOf<Json>(staff.api(`/items/${number}`))
const create = (body: object, headers = {}) => staff.api('/items', 'POST', body, headers)
const created = async (body: object) => {
  const response = await create(body)
  expect(response.status).toBe(201)
  return await jsonOf<Json>(response)
}
const change = (method: 'PUT' | 'PATCH', { number, revision }: Json, body: object) =>
  staff.api(`/items/${number}`, method, body, { 'if-match': `"${revision}"` })

describe('an item that is made', () => {
  it('has an address and an ETag, is public at once, and is in the feed', async () => {
    const response = await create({ record: minimal('Made') })
    const item = await jsonOf<Json>(response)
    expect([response.status, response.headers.get('etag'), response.headers.get('location')]).toEqual([
      201,
      '"1"',
      `https://${id}.example/api/v1/items/${item.number}`,
    ])
    expect(item).toMatchObject({
      revision: 1,
      record: { titles: [{ value: 'Made' }] },
      files: [],
      warnings: expect.any(Array),
    })
    expect((await kura.request(id, `/items/${item.number}`)).status).toBe(200)
    const { db } = kura.tenant(id)
    const feed = await db.selectFrom('publication').select('state').where('item', '=', item.number).execute()
    expect(feed).toEqual([{ state: 'public' }])
    const [revision] = await db.selectFrom('revision').selectAll().where('item', '=', item.number).execute()
    expect(revision).toMatchObject({ change: 'create', actor: expect.stringMatching(/^token:/) })
  })

  it('waits for its day, lies in collections and answers at former addresses, as it was said', async () => {
    const { id: collection } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '紀要' } }))
    const day = kura.tenant(id).today()
    const { number } = await created({
      source: 'full',
      record: minimal('Full'),
      publicationDate: '2090-04-01',
      collections: [collection],
      formerAddresses: ['/old/full', { address: '/old/full.pdf', file: 'full.pdf' }],
    })
    expect((await kura.request(id, `/api/v1/items/${number}`)).status).toBe(404)
    await staff.api(`/items/${number}`, 'PATCH', { publicationDate: day }, { 'if-match': '*' })
    expect(await jsonOf(staff.api(`/items/${number}/collections`))).toEqual({ collections: [collection] })
    expect((await kura.request(id, '/old/full')).headers.get('location')).toMatch(/\/items\/\d+$/)
    // A file that is sent later is led to as soon as it is there.
    await staff.api(`/items/${number}/files/full.pdf`, 'PUT', 'x')
    expect((await kura.request(id, '/old/full.pdf')).headers.get('location')).toMatch(/\/files\/full\.pdf$/)
  })

  it('is changed by a later import of its source, and made only once', async () => {
    const { number } = await created({ source: 'once', record: minimal('Once') })
    const again = await create({ source: 'once', record: minimal('Again') })
    expect([again.status, (await jsonOf<Json>(again)).detail]).toEqual([409, `This source is item ${number} already.`])
    const [outcome] = await staff.lines({ source: 'once', record: minimal('Imported') })
    expect(outcome).toMatchObject({ status: 'updated', item: { number } })
  })

  it('links to what its record says lies elsewhere, and names what is still to be sent', async () => {
    const item = await created({
      record: minimal('Elsewhere', { files: [{ uri: 'https://other.example/a.pdf' }, { uri: 'data/b.csv' }] }),
    })
    expect(item.files.map(({ name, access }) => [name, access])).toEqual([['https://other.example/a.pdf', 'link']])
    expect(item.warnings).toContainEqual({
      rule: 'file.missing',
      path: 'files[1].uri',
      message: 'names a file that this item does not have',
    })
  })

  it.each([
    ['a record that cannot be', { record: { titles: [], type: { term: 'nonsense' } } }, ['titles', 'type.term']],
    ['no record', {}, ['record']],
    ['a field that is not known', { record: minimal('x'), numbr: 1 }, ['/']],
    ['a day that cannot be', { record: minimal('x'), publicationDate: '2026-02-31' }, ['publicationDate']],
    ['a collection that is not there', { record: minimal('x'), collections: [99_999] }, undefined],
    ['an address of our own', { record: minimal('x'), formerAddresses: ['/items/1'] }, ['formerAddresses[0]']],
  ])('is refused with %s, and with the place of what is wrong', async (_, body, paths) => {
    const response = await create(body)
    const { errors, detail } = await jsonOf<Json>(response)
    expect(response.status, detail).toBe(422)
    expect(errors?.map(({ path }) => path)).toEqual(paths)
  })

  it('is refused in a body that is no JSON, or is said to be something else', async () => {
    const authorization = `Bearer ${await kura.token(id, 'items:write')}`
    const send = (type: string, body?: string) =>
      kura.request(id, '/api/v1/items', {
        method: 'POST',
        headers: { 'content-type': type, authorization },
        ...(body !== undefined && { body }),
      })
    expect((await send('application/json')).status).toBe(400)
    expect((await send('application/json', '{')).status).toBe(400)
    expect((await send('text/plain', '{}')).status).toBe(415)
    expect((await send('application/json', `[${'['.repeat(200)}`)).status).toBe(422)
  })
})

describe('a request that brings an Idempotency-Key', () => {
  it('makes one item, however often it is sent, also at once', async () => {
    const headers = { 'idempotency-key': `"${crypto.randomUUID()}"` }
    const send = () => create({ record: minimal('Keyed') }, headers)
    const both = await Promise.all([send(), send()])
    // The one finds the other under way, or done.
    expect(both.map(({ status }) => status).sort()).toEqual([201, expect.toBeOneOf([201, 409])])
    const again = await send()
    expect(again.status).toBe(201)
    const made = [again, ...both].filter(({ status }) => status === 201).map(({ headers }) => headers.get('location'))
    expect(new Set(made).size).toBe(1)
  })

  it('is refused with another body, and may be mended where nothing was made', async () => {
    const headers = { 'idempotency-key': 'mended' }
    expect((await create({ record: {} }, headers)).status).toBe(422)
    expect((await create({ record: minimal('Mended') }, headers)).status).toBe(201)
    expect((await create({ record: minimal('Other') }, headers)).status).toBe(422)
  })
})

describe('a record that is put', () => {
  it('needs to know which revision it replaces', async () => {
    const item = await created({ record: minimal('First') })
    const put = (headers: { [name: string]: string }) =>
      staff.api(`/items/${item.number}`, 'PUT', { record: minimal('Second') }, headers)
    expect((await put({})).status).toBe(428)
    expect((await put({ 'if-match': '"7"' })).status).toBe(412)
    const answers = await Promise.all([put({ 'if-match': '"1"' }), put({ 'if-match': '"1"' })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(await read(item.number)).toMatchObject({ revision: 2, record: { titles: [{ value: 'Second' }] } })
    expect((await staff.api('/items/999999', 'PUT', { record: minimal('x') }, { 'if-match': '*' })).status).toBe(404)
  })

  it('is refused with its faults where it is none, and at an address that has none', async () => {
    const item = await created({ record: minimal('Kept as it was') })
    const response = await change('PUT', item, { record: { titles: [] } })
    expect([response.status, (await response.json()) as Json]).toMatchObject([
      422,
      { errors: [{ path: 'titles' }, {}] },
    ])
    for (const method of ['PUT', 'PATCH'] as const)
      for (const number of [0, -1, 'x', '%C2%84', 1e9])
        expect(
          (await staff.api(`/items/${number}`, method, { record: minimal('x') }, { 'if-match': '*' })).status,
        ).toBe(404)
  })

  it('is the record that is read, whatever it is', async () => {
    let item = await created({ record: minimal('Any') })
    await fc.assert(
      fc.asyncProperty(anyRecord(), async (record) => {
        const response = await change('PUT', item, { record: storableRecord(record) })
        expect(response.status, await response.clone().text()).toBe(200)
        item = await read(item.number)
        expect(Record.parse(item.record)).toEqual(record)
        expect(item.revision).toBe((await jsonOf<Json>(response)).revision)
      }),
      { numRuns: 25 },
    )
  })

  it('leaves files, publication date and collections as they are', async () => {
    const [outcome] = await staff.zip({
      'kept.xml': minimalXml('Kept', {
        files: `<jpcoar:file><jpcoar:URI label="本文" objectType="fulltext">kept/deep/thesis.pdf</jpcoar:URI></jpcoar:file>
          <jpcoar:file><jpcoar:URI objectType="dataset">https://former.example/bitstream/1/data.csv</jpcoar:URI></jpcoar:file>
          <jpcoar:file><jpcoar:URI>https://elsewhere.example/</jpcoar:URI></jpcoar:file>`,
      }),
      'kept/deep/thesis.pdf': '%PDF-1.4',
      'kept/data.csv': 'a,b',
      'kept/note.txt': 'no entry',
    })
    const before = await read(outcome?.item.number as number)
    expect(before.files).toHaveLength(4)
    const same = await jsonOf<Json>(change('PUT', before, { record: before.record }))
    expect(same).toEqual(before)
    // In another order, and with another word for one of them.
    const [thesis, data, link] = before.record.files as [object, object, object]
    const record = { ...before.record, files: [link, { ...data, label: '表' }, thesis] }
    const turned = await jsonOf<Json>(change('PUT', same, { record }))
    expect(turned.files.map(({ name, label }) => [name, label])).toEqual([
      ['https://elsewhere.example/', 'https://elsewhere.example/'],
      ['data.csv', '表'],
      [expect.stringContaining('thesis.pdf'), '本文'],
      ['note.txt', 'note.txt'],
    ])
    expect(turned.publicationDate).toBe(before.publicationDate)
    // Without an entry they stay too, and what lies elsewhere is linked to no more.
    const bare = await jsonOf<Json>(change('PUT', turned, { record: minimal('Bare') }))
    expect(bare.files.map(({ name }) => name)).toEqual(['data.csv', expect.stringContaining('thesis.pdf'), 'note.txt'])
    // By its address a file is named whatever it is called.
    const named = { files: [{ uri: before.files[0]?.url, label: 'Thesis' }] }
    const again = await jsonOf<Json>(change('PUT', bare, { record: minimal('Named', named) }))
    expect(again.files[0]).toMatchObject({ name: expect.stringContaining('thesis.pdf'), label: 'Thesis' })
  })

  it('is not undone by an import that says what it said before', async () => {
    const [outcome] = await staff.lines({ source: 'edited', record: minimal('Imported') })
    const item = await read(outcome?.item.number as number)
    await change('PUT', item, { record: minimal('Edited') })
    expect(await staff.lines({ source: 'edited', record: minimal('Imported') })).toMatchObject([
      { status: 'unchanged' },
    ])
    expect((await read(item.number)).record.titles[0]?.value).toBe('Edited')
  })

  it('is said in the feed and found by search', async () => {
    const item = await created({ record: minimal('Before') })
    const { db } = kura.tenant(id)
    const seq = async () =>
      (await db.selectFrom('publication').select('seq').where('item', '=', item.number).executeTakeFirstOrThrow()).seq
    const before = await seq()
    await change('PUT', item, { record: minimal('Kittiwake') })
    expect(await seq()).toBeGreaterThan(before)
    await kura.settle()
    const found = await jsonOf<{ results: { number: number }[] }>(kura.request(id, '/api/v1/search?q=kittiwake'))
    expect(found.results.map(({ number }) => number)).toEqual([item.number])
  })

  it('may be long: one of 3,000 creators', async () => {
    const creators = Array.from({ length: 3_000 }, (_, i) => ({
      names: [{ value: `Author ${i} ${'x'.repeat(400)}`, lang: 'en' }],
    }))
    const item = await created({ record: minimal('Long') })
    const response = await change('PUT', item, { record: minimal('Long', { creators }) })
    expect(response.status).toBe(200)
  })
})

describe('a patch', () => {
  it('merges into the record what it says, and leaves the rest', async () => {
    const item = await created({ record: minimal('Patched', { volume: '1', issue: '2', languages: ['jpn'] }) })
    const response = await change('PATCH', item, { record: { volume: '3', issue: null, languages: ['eng', 'jpn'] } })
    expect(response.status).toBe(200)
    const { record, publicationDate } = await jsonOf<Json>(response)
    expect(record).toMatchObject({ titles: [{ value: 'Patched' }], volume: '3', languages: ['eng', 'jpn'] })
    expect(record.issue).toBeUndefined()
    expect(publicationDate).toBe(item.publicationDate)
  })

  it('that makes no record is refused with the place, and changes nothing', async () => {
    const item = await created({ record: minimal('Whole') })
    const patch = { publicationDate: '2090-01-01', record: { titles: null } }
    const response = await change('PATCH', item, patch)
    expect([response.status, (await jsonOf<Json>(response)).errors]).toEqual([
      422,
      [{ rule: 'record.required', path: 'titles', message: 'is missing' }],
    ])
    expect(await read(item.number)).toEqual(item)
  })
})

describe('who may', () => {
  it.each([[[]], [['import']], [['files:read']], [['transfer']]] as const)('not with %j', async (scopes) => {
    const { number } = await created({ record: minimal('Kept') })
    const token = scopes.length > 0 ? await kura.token(id, ...scopes) : undefined
    for (const [method, path] of [
      ['POST', '/items'],
      ['PUT', `/items/${number}`],
      ['PATCH', `/items/${number}`],
      ['PUT', `/items/${number}/files/a.txt`],
      ['DELETE', `/items/${number}/files/a.txt`],
    ] as const) {
      const response = await kura.request(id, `/api/v1${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          'if-match': '*',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        ...(method !== 'DELETE' && { body: JSON.stringify({ record: minimal('Changed') }) }),
      })
      expect(response.status, `${method} ${path}`).toBe(token ? 403 : 401)
    }
    expect((await read(number)).revision).toBe(1)
  })
})

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unzip } from '../../../test/support/archive.ts'
import { bagOf } from '../../../test/support/bag.ts'
import { type Depositor, depositor, jsonOf, minimalXml, type Outcome } from '../../../test/support/depositor.ts'
import { harvester } from '../../../test/support/harvester.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { zipOf } from '../../../test/support/zip.ts'

let kura: Institutions
let old: string
let staff: Depositor
/** The export of an institution with a few items, and its files. */
let archive: Uint8Array
let files: Map<string, Buffer>
const fresh: string[] = []
let inUse: string

beforeAll(async () => {
  kura = await openInstitutions(['old', ...Array.from({ length: 26 }, (_, i) => `home${i}`)])
  const [first, ...homes] = kura.ids as [string, ...string[]]
  old = first
  fresh.push(...homes)
  // In use from before anything of what will come was published.
  inUse = fresh.pop() as string
  await (await staffOf(inUse)).lines({
    source: 'own',
    number: 77,
    record: { titles: [{ value: 'Own' }], type: { term: 'book' } },
  })
  staff = await staffOf(old)
  const { id } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '紀要' } }))
  for (let i = 1; i <= 5; i++) {
    await staff.zip({ [`${i}.xml`]: minimalXml(`Item ${i}`), [`${i}/file.txt`]: `Bytes of ${i}` })
    await staff.api(`/items/${i}/collections`, 'PUT', { collections: [id] })
  }
  await staff.api('/items/2', 'DELETE')
  // The feed's order is not that of numbers.
  await staff.api('/items/1', 'PATCH', { files: [{ name: 'file.txt', access: 'closed' }] }, { 'if-match': '*' })
  await kura.settle()
  archive = new Uint8Array(await (await staff.api('/export')).arrayBuffer())
  files = await unzip(archive)
})
afterAll(() => kura.close())

const staffOf = async (id: string) => depositor(kura, id, await kura.token(id, 'import', 'items:write', 'transfer'))
const home = () => fresh.pop() as string

const post = async (id: string, body: NonNullable<RequestInit['body']>, ...scopes: ('import' | 'transfer')[]) =>
  kura.request(id, '/api/v1/imports', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await kura.token(id, ...(scopes.length > 0 ? scopes : (['import', 'transfer'] as const)))}`,
      'content-type': 'application/zip',
    },
    body,
    duplex: 'half',
  } as RequestInit)

const restore = async (id: string, archive: Uint8Array): Promise<Outcome[]> => {
  const response = await post(id, archive as Uint8Array<ArrayBuffer>)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
const summed = (outcomes: Outcome[]) =>
  outcomes.map(({ source, status, errors }) => [source, status, ...errors.map(({ rule }) => rule)])

/** The export with other bytes in place of some, whose manifests say so or do not. */
async function changed(changes: Record<string, string | undefined>, honest: boolean): Promise<Uint8Array> {
  const base = ([...files.keys()][0] as string).split('/')[0] as string
  const payload = Object.fromEntries([...files].filter(([path]) => path.startsWith(`${base}/data/`)))
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) delete payload[`${base}/${path}`]
    else payload[`${base}/${path}`] = Buffer.from(content)
  }
  if (!honest) {
    const tags = [...files].filter(([path]) => !path.startsWith(`${base}/data/`))
    return await zipOf({ ...payload, ...Object.fromEntries(tags) })
  }
  const below = Object.entries(payload).map(
    ([path, bytes]) => [path.slice(base.length + '/data/'.length), bytes] as const,
  )
  const info = files
    .get(`${base}/bag-info.txt`)
    ?.toString()
    .replace(/^Payload-Oxum.*$/m, '')
  return await zipOf(bagOf(Object.fromEntries(below), { folder: `${base}/`, tags: { 'bag-info.txt': info as string } }))
}
const fileOf = (path: string) => [...files].find(([each]) => each.endsWith(path))?.[1].toString() as string

describe('an export', () => {
  it('is for those who may take everything out', async () => {
    expect((await kura.request(old, '/api/v1/export')).status).toBe(401)
    const headers = { authorization: `Bearer ${await kura.token(old, 'import', 'items:write', 'files:read')}` }
    expect((await kura.request(old, '/api/v1/export', { headers })).status).toBe(403)
    expect((await post(home(), archive as Uint8Array<ArrayBuffer>, 'import')).status).toBe(403)
  })

  it('frees what it holds when its reader goes', async () => {
    for (let i = 0; i < 4; i++) {
      const response = await staff.api('/export')
      expect(response.status).toBe(200)
      const reader = (response.body as ReadableStream).getReader()
      if (i % 2 === 0) await reader.read()
      await reader.cancel()
    }
  })

  it('answers who only asks for its head without taking a copy', async () => {
    const response = await staff.api('/export', 'HEAD')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip'])
  })

  it('breaks off where bytes are not what they were when they came', async () => {
    const broken = await staffOf(home())
    const [outcome] = await broken.zip({ 'a.xml': minimalXml('A'), 'a/f.txt': 'right' })
    const id = kura.ids.find((each) => (outcome as Outcome).item.url.includes(each)) as string
    const { db, objects } = kura.tenant(id)
    const { object } = await db.selectFrom('file').select('object').executeTakeFirstOrThrow()
    await objects.delete(object as string)
    await objects.put(object as string, Readable.from([Buffer.from('wrong')]))
    await expect((await broken.api('/export')).arrayBuffer()).rejects.toThrow()
  })

  it('can be imported by a repository that knows only JPCOAR: each record names its files by their paths', async () => {
    const elsewhere = await staffOf(home())
    const plain = [...files].flatMap(([path, bytes]) => {
      const below = /\/data\/(items\/.*)$/.exec(path)?.[1]
      return below === undefined ? [] : [[below, bytes] as const]
    })
    const outcomes = await elsewhere.zip(Object.fromEntries(plain))
    expect(outcomes.map(({ status }) => status)).toEqual(['imported', 'imported', 'imported', 'imported'])
    for (const { item } of outcomes) {
      const { files } = await jsonOf(elsewhere.api(`/items/${item.number}`))
      expect(files.map(({ name }) => name)).toEqual(['file.txt'])
    }
  })

  it('describes itself as an RO-Crate: every part is described once, and files are what they are said to be', () => {
    const crate = JSON.parse(fileOf('/ro-crate-metadata.json'))
    const ids = crate['@graph'].map((entity: { '@id': string }) => entity['@id'])
    expect(new Set(ids).size).toBe(ids.length)
    const entities = new Map(crate['@graph'].map((entity: { '@id': string }) => [entity['@id'], entity]))
    const partsOf = (id: string) =>
      ((entities.get(id) as { hasPart?: { '@id': string }[] }).hasPart ?? []).map((part) => part['@id'])
    expect(partsOf('./').sort()).toEqual(['items/1/', 'items/3/', 'items/4/', 'items/5/'])
    for (const item of partsOf('./')) {
      expect(partsOf(item)).toEqual([`${item}jpcoar.xml`, `${item}files/file.txt`])
      const { sha256, contentSize } = entities.get(`${item}files/file.txt`) as { sha256: string; contentSize: string }
      const bytes = [...files].find(([path]) => path.endsWith(`/data/${item}files/file.txt`))?.[1] as Buffer
      expect([createHash('sha256').update(bytes).digest('hex'), String(bytes.length)]).toEqual([sha256, contentSize])
    }
    expect(entities.get('ro-crate-metadata.json')).toMatchObject({
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.2' },
      about: { '@id': './' },
    })
  })
})

describe('a restoration', () => {
  it('answers for the institution and each item, in the order of the feed', async () => {
    const outcomes = await restore(home(), archive)
    expect(outcomes.map(({ source, status }) => [source, status])).toEqual([
      ['data/kura/institution.json', 'imported'],
      ['3.xml', 'imported'],
      ['4.xml', 'imported'],
      ['5.xml', 'imported'],
      ['2.xml', 'imported'],
      ['1.xml', 'imported'],
    ])
  })

  it('brings what an earlier release exported, which had no counts of uses', async () => {
    const { rows, ...institution } = JSON.parse(fileOf('kura/institution.json'))
    const { item_use: _, item_use_day: __, ...earlier } = rows
    const outcomes = await restore(
      home(),
      await changed(
        {
          'data/kura/institution.json': JSON.stringify({ ...institution, rows: earlier }),
          'data/kura/item_use.ndjson': undefined,
          'data/kura/item_use_day.ndjson': undefined,
        },
        true,
      ),
    )
    expect(outcomes.filter(({ status }) => status !== 'imported')).toEqual([])
  })

  it('that is broken off goes on where it was, and keeps places and datestamps', async () => {
    const id = home()
    const response = await post(id, archive as Uint8Array<ArrayBuffer>)
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (let lines = 0; lines < 3; lines++) await reader.read()
    await reader.cancel()
    // Harvesters begin their next list where this one may still go on.
    const { responseDate } = await harvester(kura, id).ask({ verb: 'ListRecords', metadataPrefix: 'oai_dc' })
    const outcomes = await restore(id, archive)
    expect(outcomes.at(0)?.status).toBe('unchanged')
    expect(new Set(outcomes.slice(1).map(({ status }) => status))).toEqual(new Set(['imported', 'unchanged']))
    const feed = (of: string) =>
      kura
        .tenant(of)
        .db.selectFrom('publication')
        .select(['item', 'seq', 'datestamp', 'state'])
        .orderBy('seq')
        .execute()
    expect(await feed(id)).toEqual(await feed(old))
    const missed = outcomes.filter(({ status }) => status === 'imported').length
    const { heard } = await harvester(kura, id).ask({
      verb: 'ListRecords',
      metadataPrefix: 'oai_dc',
      from: responseDate,
    })
    expect(heard.length).toBeGreaterThanOrEqual(missed)
  })

  it('into an institution that stores more than it may brings what has no bytes', async () => {
    const id = home()
    await (await staffOf(id)).zip({ 'own.xml': minimalXml('Own'), 'own/a.txt': 'a' })
    await kura.asSuperuser(id, `update file set size = ${10 ** 15}`)
    const outcomes = new Map(summed(await restore(id, archive)).map(([source, ...said]) => [source, said]))
    expect(outcomes.get('2.xml')).toEqual(['imported'])
    expect(outcomes.get('3.xml')).toEqual(['rejected', 'file.storage'])
  })

  /** Begins a restoration, and reads its answers up to a place. */
  async function begin(id: string, lines: number, headers: Record<string, string> = {}) {
    const response = await kura.request(id, '/api/v1/imports', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await kura.token(id, 'import', 'transfer')}`,
        'content-type': 'application/zip',
        ...headers,
      },
      body: archive as Uint8Array<ArrayBuffer>,
    })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (let line = 0; line < lines; line++) await reader.read()
    return reader
  }

  it('that is broken off goes on although staff have changed what it brought', async () => {
    const id = home()
    await (await begin(id, 2)).cancel()
    const here = await staffOf(id)
    await here.api('/collections/1', 'PATCH', { name: { ja: '改称' } })
    const outcomes = await restore(id, archive)
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([])
    expect(await (await here.api('/collections/1')).text()).toContain('改称')
  })

  it('that is broken off at its very end still publishes anew what its former home had left to do', async () => {
    const id = home()
    await restore(id, archive)
    await kura.settle()
    const manifest = fileOf('/manifest-sha256.txt')
    const digest = createHash('sha256').update(manifest).digest('hex')
    await kura.asSuperuser(id, `insert into restoration (bag, keeps_datestamps) values ('${digest}', true)`)
    await kura.asSuperuser(id, `update publication set sets = '{}'`)
    await restore(id, archive)
    await kura.settle()
    const { db } = kura.tenant(id)
    const feed = await db.selectFrom('publication').select('sets').where('state', '=', 'public').execute()
    expect(feed.filter(({ sets }) => sets.length === 0)).toEqual([])
  })

  it('leaves the note of another one alone, and then gives datestamps of today', async () => {
    const id = home()
    const reader = await begin(id, 1)
    await kura.asSuperuser(id, `update restoration set bag = 'another'`)
    const { responseDate: from } = await harvester(kura, id).ask({ verb: 'Identify' })
    while (!(await reader.read()).done);
    const { db } = kura.tenant(id)
    expect(await db.selectFrom('restoration').select('bag').execute()).toEqual([{ bag: 'another' }])
    const last = await db.selectFrom('publication').select('datestamp').orderBy('seq', 'desc').executeTakeFirstOrThrow()
    expect(last.datestamp.getTime()).toBeGreaterThanOrEqual(new Date(from).getTime())
  })

  it('under a key does not begin beside itself, and goes on once it was broken off', async () => {
    const id = home()
    const token = await kura.token(id, 'import', 'transfer')
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': '"whole"' }
    const reader = await begin(id, 1, headers)
    const again = () =>
      kura.request(id, '/api/v1/imports', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/zip' },
        body: archive as Uint8Array<ArrayBuffer>,
      })
    expect((await again()).status).toBe(409)
    await reader.cancel()
    const leased = () =>
      kura.tenant(id).db.selectFrom('import_call').select('id').where('leased_until', '>', new Date()).execute()
    await expect.poll(leased).toEqual([])
    for (let call = 0; call < 2; call++) {
      const response = await again()
      expect([response.status, (await response.text()).trim().split('\n').length]).toEqual([200, 6])
    }
  })

  it('takes settings as the form before had them, and a logo only if it is what is said of it', async () => {
    const read = JSON.parse(fileOf('data/kura/settings.ndjson'))
    const institution = fileOf('data/kura/institution.json')
    const { single, value } = read
    const former = await changed(
      {
        'data/kura/settings.ndjson': `${JSON.stringify({ single, value })}\n`,
        'data/kura/institution.json': institution.replace('"form": 2', '"form": 1'),
      },
      true,
    )
    const id = home()
    expect((await restore(id, former))[0]).toMatchObject({ status: 'imported', errors: [] })
    expect((await kura.tenant(id).settings()).name).toEqual(value.name)
    for (const wrong of [
      { ...read, logo: { type: 'image/png', width: 1, height: 1, sha256: '00'.repeat(32) }, logo_bytes: '\\x3c' },
      { ...read, added: { about: 'x' } },
    ]) {
      const archive = await changed({ 'data/kura/settings.ndjson': `${JSON.stringify(wrong)}\n` }, true)
      const response = await post(home(), archive as Uint8Array<ArrayBuffer>)
      expect(await response.text()).toMatch(/settings\.ndjson is no row of it/)
    }
  })

  it('into an institution that is in use comes after what its harvesters have seen', async () => {
    const id = inUse
    const here = await staffOf(id)
    const { responseDate: from } = await harvester(kura, id).ask({ verb: 'ListRecords', metadataPrefix: 'oai_dc' })
    const outcomes = await restore(id, archive)
    expect(outcomes[0]?.warnings.map(({ rule }) => rule)).toEqual(['restore.settings'])
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['imported']))
    const { heard } = await harvester(kura, id).ask({ verb: 'ListRecords', metadataPrefix: 'oai_dc', from })
    expect(heard.filter(({ identifier }) => identifier.includes(old))).toHaveLength(5)
    const stamps = heard.map(({ datestamp }) => datestamp)
    expect(stamps).toEqual(stamps.toSorted())
    const [next] = await here.lines({ source: 'n', record: { titles: [{ value: 'N' }], type: { term: 'book' } } })
    expect(next?.item.number).toBeGreaterThan(77)
  })

  it('leaves alone what is here already under the same number, source or identifier, and says so', async () => {
    const id = home()
    const here = await staffOf(id)
    await here.lines(
      { source: 'own', number: 1, record: { titles: [{ value: 'Own' }], type: { term: 'book' } } },
      { source: '3.xml', number: 33, record: { titles: [{ value: 'Own' }], type: { term: 'book' } } },
      {
        source: 'x',
        number: 44,
        oaiIdentifier: `oai:${old}.example:00000004`,
        record: { titles: [{ value: 'Own' }], type: { term: 'book' } },
      },
    )
    expect(summed(await restore(id, archive)).slice(1)).toEqual([
      ['3.xml', 'rejected', 'restore.conflict'],
      ['4.xml', 'rejected', 'restore.conflict'],
      ['5.xml', 'imported'],
      ['2.xml', 'imported'],
      ['1.xml', 'rejected', 'restore.conflict'],
    ])
  })

  it('leaves everything alone where another collection has the number of one that comes', async () => {
    const id = home()
    const here = await staffOf(id)
    await here.api('/collections', 'POST', { name: { ja: '別の集' } })
    expect(summed(await restore(id, archive))).toEqual([['data/kura/institution.json', 'rejected', 'restore.conflict']])
    expect((await here.api('/items/1')).status).toBe(404)
  })

  it('leaves alone what has changed here since, and does not go back or catch up', async () => {
    const id = home()
    await restore(id, archive)
    const here = await staffOf(id)
    await here.zip({ '3.xml': minimalXml('Changed here'), '3/file.txt': 'Other' })
    expect(new Set(summed(await restore(id, archive)).map(([, status]) => status))).toEqual(new Set(['unchanged']))
    expect(await (await here.api('/items/3')).text()).toContain('Changed here')
    await staff.zip({ '4.xml': minimalXml('Changed there'), '4/file.txt': 'Other' })
    const later = new Uint8Array(await (await staff.api('/export')).arrayBuffer())
    expect(summed(await restore(id, later)).filter(([, status]) => status === 'rejected')).toEqual([
      ['4.xml', 'rejected', 'restore.older'],
    ])
  })

  it('rejects an item whose file is altered, and keeps the rest', async () => {
    const outcomes = await restore(home(), await changed({ 'data/items/4/files/file.txt': 'Wrong of 4' }, false))
    expect(summed(outcomes).filter(([, status]) => status === 'rejected')).toEqual([
      ['4.xml', 'rejected', 'bag.altered'],
    ])
    expect(outcomes).toHaveLength(6)
  })

  /** Rows of a table as they stand in the export, with what is changed in some. */
  const rowsWith = (table: string, change: (row: Record<string, unknown>) => object) => ({
    [`data/kura/${table}.ndjson`]: fileOf(`${table}.ndjson`).replace(/.+/g, (line) => {
      const row = JSON.parse(line)
      return JSON.stringify({ ...row, ...change(row) })
    }),
  })

  it('rejects an item whose file is not as large as its row says', async () => {
    const larger = rowsWith('file', ({ item, size }) => (item === 4 ? { size: (size as number) + 1 } : {}))
    const outcomes = await restore(home(), await changed(larger, true))
    expect(summed(outcomes).filter(([, status]) => status === 'rejected')).toEqual([
      ['4.xml', 'rejected', 'bag.altered'],
    ])
  })

  it('says of which field another has the value already', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const outcomes = await restore(
      home(),
      await changed(
        rowsWith('file', ({ item }) => (item === 2 ? {} : { id })),
        true,
      ),
    )
    expect(outcomes.flatMap(({ source, errors }) => errors.map(({ rule, path }) => [source, rule, path]))).toEqual(
      ['4.xml', '5.xml', '1.xml'].map((source) => [source, 'import.taken', 'files']),
    )
  })

  it('rejects what belongs to the whole where the database refuses it', async () => {
    const orphan = rowsWith('collection', () => ({ parent: 999 }))
    expect(summed(await restore(home(), await changed(orphan, true)))).toEqual([
      ['data/kura/institution.json', 'rejected', 'import.refused'],
    ])
  })

  it.each([
    [
      'has an altered row',
      () => ({ 'data/kura/item.ndjson': fileOf('item.ndjson').replace('Item 3', 'Item 9') }),
      false,
    ],
    ['lacks a file', () => ({ 'data/items/4/files/file.txt': undefined }), false],
    ['has a file too many', () => ({ 'data/items/4/files/other.txt': 'x' }), false],
    ['lacks a row', () => ({ 'data/kura/item.ndjson': fileOf('item.ndjson').replace(/^.*\n/, '') }), true],
    [
      'has rows in another order than the items',
      () => ({
        'data/kura/revision.ndjson': `${fileOf('revision.ndjson').trim().split('\n').toReversed().join('\n')}\n`,
      }),
      true,
    ],
    ['has a row that is none', () => ({ 'data/kura/version.ndjson': '{"item":1}\n' }), true],
    [
      'has a row of a later form',
      () => ({
        'data/kura/publication.ndjson': fileOf('publication.ndjson').replace('"seq"', '"later": 1, "seq"'),
      }),
      true,
    ],
    [
      'is of a later form',
      () => ({ 'data/kura/institution.json': fileOf('institution.json').replace(/"form": \d+/, '"form": 99') }),
      true,
    ],
  ])('of a bag that %s is refused before anything is done', async (_, changes, honest) => {
    const id = kura.ids[1] as string
    const response = await post(id, (await changed(changes(), honest)) as Uint8Array<ArrayBuffer>)
    expect(await response.json()).toMatchObject({ status: 422, title: 'Not a valid bag' })
    const items = await kura.tenant(id).db.selectFrom('item').select('number').execute()
    expect(items).toEqual([])
  })
})

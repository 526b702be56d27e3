import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['cycle'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

const get = (path: string) => kura.request(id, path)
const feed = async (item: number) =>
  kura.tenant(id).db.selectFrom('publication').selectAll().where('item', '=', item).executeTakeFirst()
const revisions = async (item: number) =>
  kura
    .tenant(id)
    .db.selectFrom('revision')
    .select(['revision', 'change', 'actor'])
    .where('item', '=', item)
    .orderBy('revision')
    .execute()
const importOne = async (source: string, more: object = {}, record = minimal(source)) => {
  const [outcome] = await staff.lines({ source, record, ...more })
  if (!outcome?.item) throw new Error(JSON.stringify(outcome))
  return outcome
}
const embargoed = (until: string) =>
  minimalXml('Under embargo', {
    access: 'embargoed access',
    dates: `<datacite:date dateType="Available">${until}</datacite:date>`,
  })

describe('publication', () => {
  it('happens at once where no date is given, and is said in the feed', async () => {
    const { item } = await importOne('at-once')
    const page = await get(`/items/${item.number}`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('at-once')
    expect(await feed(item.number)).toMatchObject({ state: 'public' })
  })

  it('waits for a date that lies ahead, hidden from all who may not write, and leaves no trace before', async () => {
    kura.clock.set('2027-03-31T12:00:00+09:00')
    const { item } = await importOne('ahead', { publicationDate: '2027-04-01' })
    const before = {
      page: (await get(`/items/${item.number}`)).status,
      api: (await get(`/api/v1/items/${item.number}`)).status,
      staff: (await staff.api(`/items/${item.number}`)).status,
      feed: await feed(item.number),
    }
    expect(before).toEqual({ page: 404, api: 404, staff: 200, feed: undefined })

    // Midnight in Tokyo, still March in Greenwich; the worker has not come round yet.
    kura.clock.set('2027-04-01T00:00:01+09:00')
    expect((await get(`/items/${item.number}`)).status).toBe(404)
    await kura.round(id)
    expect((await get(`/items/${item.number}`)).status).toBe(200)
    expect(await feed(item.number)).toMatchObject({ state: 'public' })
    expect((await revisions(item.number)).map(({ change, actor }) => [change, actor])).toEqual([
      ['import', expect.stringMatching(/^token:/)],
      ['time', 'clock'],
    ])
  })

  it('can be put off again: the item is hidden and the feed says that it is gone', async () => {
    const { item } = await importOne('put-off')
    const etag = (await staff.api(`/items/${item.number}`)).headers.get('etag') as string
    const patched = await staff.api(
      `/items/${item.number}`,
      'PATCH',
      { publicationDate: '2030-01-01' },
      { 'if-match': etag },
    )
    expect(patched.status).toBe(200)
    expect((await get(`/items/${item.number}`)).status).toBe(404)
    expect(await feed(item.number)).toMatchObject({ state: 'deleted' })
  })

  it('of a version is seen by whoever asks again, and its tag still says what was seen of the record', async () => {
    const { item } = await importOne('version-made')
    const path = `/items/${item.number}`
    const before = (await get(`/api/v1${path}`)).headers.get('etag') as string
    expect((await staff.api(`${path}/versions`, 'POST')).status).toBe(201)
    const again = await kura.request(id, `/api/v1${path}`, { headers: { 'if-none-match': before } })
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ revision: 1, versions: [{ version: 1 }] })
    const headers = { 'if-match': again.headers.get('etag') as string }
    const edited = await staff.api(path, 'PATCH', { record: { languages: ['jpn'] } }, headers)
    expect(edited.status).toBe(200)
    expect((await staff.api(path, 'PATCH', { record: { languages: ['eng'] } }, headers)).status).toBe(412)
  })

  it('keeps numbers and datestamps of the feed in one order when many publish at once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => importOne(`at-once-${index}`)))
    const rows = await kura
      .tenant(id)
      .db.selectFrom('publication')
      .select(['seq', 'datestamp'])
      .orderBy('seq')
      .execute()
    expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length)
    const stamps = rows.map(({ datestamp }) => datestamp.getTime())
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
  })
})

describe('what has come due', () => {
  it('is carried out for each item, also where one cannot be changed', async () => {
    kura.clock.set('2027-06-01T12:00:00+09:00')
    const broken = (await importOne('broken', { publicationDate: '2027-06-02' })).item.number
    const sound = (await importOne('sound', { publicationDate: '2027-06-03' })).item.number
    await kura.asSuperuser(id, `update item set record = '{}' where number = ${broken}`)
    kura.clock.set('2027-06-04T12:00:00+09:00')
    await kura.round(id)
    expect((await get(`/items/${sound}`)).status).toBe(200)
    expect((await get(`/items/${broken}`)).status).toBe(404)
    await kura.asSuperuser(id, `update item set due = null where number = ${broken}`)
  })
})

describe('an embargo', () => {
  it('ends for page, feed and file together, when the worker carries it out and not before', async () => {
    kura.clock.set('2028-05-01T09:00:00+09:00')
    const [outcome] = await staff.zip({ 'e.xml': embargoed('2028-06-01'), 'e/paper.txt': 'the bytes' })
    const { number } = (outcome as { item: { number: number } }).item
    const file = `/items/${number}/files/paper.txt`
    const stamped = (await feed(number))?.seq as number
    const state = async () => ({
      bytes: (await get(file)).status,
      access: (await jsonOf(get(`/api/v1/items/${number}`))).access,
      feed: ((await feed(number))?.seq as number) > stamped,
    })
    const closed = { bytes: 403, access: { right: 'embargoed access', until: '2028-06-01' }, feed: false }
    expect(await state()).toEqual(closed)

    // The day has come and gone while the worker was down.
    kura.clock.set('2028-06-03T09:00:00+09:00')
    expect(await state()).toEqual(closed)
    await kura.round(id)
    expect(await state()).toEqual({ bytes: 200, access: { right: 'open access' }, feed: true })
    expect(await (await get(file)).text()).toBe('the bytes')

    // Stored state says open; a clock that says earlier still keeps the bytes back.
    kura.clock.set('2028-05-31T23:59:59+09:00')
    expect((await get(file)).status).toBe(403)
    kura.clock.set('2028-06-03T09:00:00+09:00')
  })

  it('of a record without files ends as well', async () => {
    kura.clock.set('2028-05-01T09:00:00+09:00')
    const record = minimal('no files', {
      accessRights: { term: 'embargoed access' },
      dates: [{ value: '2028-06', type: 'Available' }],
    })
    const { item } = await importOne('embargo-of-nothing', {}, record)
    const access = async () => (await jsonOf(get(`/api/v1/items/${item.number}`))).access
    expect(await access()).toEqual({ right: 'embargoed access', until: '2028-06-30' })
    kura.clock.set('2028-06-30T09:00:00+09:00')
    await kura.round(id)
    expect(await access()).toEqual({ right: 'metadata only access' })
  })
})

describe('editing', () => {
  it('asks which revision was seen, and refuses when it is not the present one', async () => {
    const { item } = await importOne('edited')
    const path = `/items/${item.number}`
    const patch = { publicationDate: '2026-01-01' }
    expect((await staff.api(path, 'PATCH', patch)).status).toBe(428)
    expect((await staff.api(path, 'PATCH', patch, { 'if-match': '"99"' })).status).toBe(412)
    expect((await staff.api(path, 'PATCH', {}, { 'if-match': '"1"' })).status).toBe(422)
    const edited = await staff.api(path, 'PATCH', patch, { 'if-match': '"1"' })
    expect(edited.headers.get('etag')).toBe('"2"')
  })

  it('refuses what it does not understand, with the place and what is allowed', async () => {
    const { item } = await importOne('edited-badly')
    const answer = await staff.api(
      `/items/${item.number}`,
      'PATCH',
      { files: [{ name: 'x', access: 'secret' }] },
      { 'if-match': '"1"' },
    )
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect((await jsonOf<{ detail: string }>(answer)).detail).toMatch(/access/)
  })

  it('decides a file’s access for good: a later import leaves it alone', async () => {
    const import1 = { 'c.xml': minimalXml('Closed by staff'), 'c/a.txt': 'one' }
    const [first] = await staff.zip(import1)
    const { number } = (first as { item: { number: number } }).item
    const close = { files: [{ name: 'a.txt', access: 'closed' }] }
    const patched = await staff.api(`/items/${number}`, 'PATCH', close, { 'if-match': '"1"' })
    expect((await jsonOf(patched)).access).toEqual({ right: 'restricted access' })
    expect((await get(`/items/${number}/files/a.txt`)).status).toBe(403)

    expect((await staff.zip(import1))[0]?.status).toBe('unchanged')
    const [second] = await staff.zip({ ...import1, 'c/a.txt': 'two' })
    expect(second?.status).toBe('updated')
    expect((await get(`/items/${number}/files/a.txt`)).status).toBe(403)
  })
})

describe('a version', () => {
  it('shows the item as it was when it was made, its old files included', async () => {
    const [first] = await staff.zip({ 'v.xml': minimalXml('First edition'), 'v/data.csv': 'a\n1\n' })
    const { number } = (first as { item: { number: number } }).item
    const made = await staff.api(`/items/${number}/versions`, 'POST')
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({ version: 1, url: `https://${id}.example/items/${number}/versions/1` })
    expect((await staff.api(`/items/${number}/versions`, 'POST')).status).toBe(409)

    await staff.zip({ 'v.xml': minimalXml('Second edition'), 'v/data.csv': 'a\n2\n' })
    expect(await (await get(`/items/${number}`)).text()).toContain('Second edition')
    const old = await (await get(`/items/${number}/versions/1`)).text()
    expect(old).toContain('First edition')
    expect(old).toContain('?version=1')
    expect(await (await get(`/items/${number}/files/data.csv`)).text()).toBe('a\n2\n')
    expect(await (await get(`/items/${number}/files/data.csv?version=1`)).text()).toBe('a\n1\n')
    expect((await get(`/items/${number}/versions/2`)).status).toBe(404)
    expect((await get(`/items/${number}/files/data.csv?version=x`)).status).toBe(404)

    // Closing a file closes it everywhere, whatever version holds it.
    const close = { files: [{ name: 'data.csv', access: 'closed' }] }
    expect((await staff.api(`/items/${number}`, 'PATCH', close, { 'if-match': '*' })).status).toBe(200)
    for (const path of ['', '?version=1'])
      expect((await get(`/items/${number}/files/data.csv${path}`)).status, path).toBe(403)
  })
})

describe('withdrawal', () => {
  it('leaves a tombstone with title and reason, and can be undone under the same identifier', async () => {
    const [outcome] = await staff.zip({ 'w.xml': minimalXml('Withdrawn work'), 'w/a.txt': 'x' })
    const { number } = (outcome as { item: { number: number } }).item
    const before = await jsonOf(staff.api(`/items/${number}`))
    expect((await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: ' ' })).status).toBe(422)
    expect((await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'Asked for by the author' })).status).toBe(
      204,
    )

    const page = await get(`/items/${number}`)
    expect(page.status).toBe(410)
    const text = await page.text()
    expect(text).toContain('Withdrawn work')
    expect(text).toContain('Asked for by the author')
    expect((await get(`/items/${number}/files/a.txt`)).status).toBe(410)
    expect((await get(`/api/v1/items/${number}`)).status).toBe(410)
    expect(await feed(number)).toMatchObject({ state: 'deleted' })

    expect((await staff.api(`/items/${number}/withdrawal`, 'DELETE')).status).toBe(204)
    const after = await jsonOf(staff.api(`/items/${number}`))
    expect(after.oaiIdentifier).toBe(before.oaiIdentifier)
    expect(await feed(number)).toMatchObject({ state: 'public' })
    expect((await staff.api(`/items/${number}/withdrawal`, 'DELETE')).status).toBe(409)
  })

  it('of an item that was never public says nothing to the public', async () => {
    const { item } = await importOne('never-public', {
      publicationDate: '2040-01-01',
      oaiIdentifier: 'oai:old.example:1',
    })
    await staff.api(`/items/${item.number}/withdrawal`, 'POST', { reason: 'A mistake' })
    expect((await get(`/items/${item.number}`)).status).toBe(404)
    expect(await feed(item.number)).toBeUndefined()
  })
})

describe('deletion', () => {
  it('leaves a tombstone, removes the bytes, and is for good', async () => {
    const [outcome] = await staff.zip({ 'd.xml': minimalXml('Deleted work'), 'd/a.txt': 'personal data' })
    const { number } = (outcome as { item: { number: number } }).item
    const { object } = await kura
      .tenant(id)
      .db.selectFrom('file')
      .select('object')
      .where('item', '=', number)
      .executeTakeFirstOrThrow()
    expect((await staff.api(`/items/${number}`, 'DELETE')).status).toBe(204)
    expect((await get(`/items/${number}`)).status).toBe(410)
    expect((await staff.api(`/items/${number}`, 'DELETE')).status).toBe(410)
    expect((await staff.api(`/items/${number}/withdrawal`, 'DELETE')).status).toBe(409)
    await kura.round(id)
    await expect(kura.tenant(id).objects.get(object as string)).rejects.toThrow('there is no object')

    const [again] = await staff.zip({ 'd.xml': minimalXml('Deleted work, changed'), 'd/a.txt': 'more' })
    expect(again).toMatchObject({ status: 'rejected', errors: [{ rule: 'import.deleted' }] })
  })
})

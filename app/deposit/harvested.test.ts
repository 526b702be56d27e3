import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { type Listed, listed, oaiAnswer, oaiList } from '../../test/support/oai-list.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['harvested'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const post = (body: string, query = '') =>
  kura.request(id, `/api/v1/imports${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml', authorization: `Bearer ${token}` },
    body,
  })
const sent = async (body: string, query = '') => {
  const response = await post(body, query)
  expect(response.status).toBe(200)
  const text = await response.text()
  return text.split('\n').flatMap((line): Outcome[] => (line === '' ? [] : [JSON.parse(line)]))
}
const list = (...records: Listed[]) => sent(oaiList(records))
const told = (outcomes: Outcome[]) =>
  outcomes.map(({ source, status, errors }) => [source, status, ...errors.map(({ rule }) => rule)])
const page = async (outcome: Outcome | undefined) =>
  (await kura.request(id, `/api/v1/items/${outcome?.item.number}`)).status

const name = (local: string) => `oai:old.example:${local}`

describe('a list of OAI-PMH that is imported', () => {
  it('makes each record an item of its identifier, and finds it again', async () => {
    const records = [listed(name('1'), 'One'), listed(name('2'), 'Two')]
    expect(told(await list(...records))).toEqual([
      [name('1'), 'imported'],
      [name('2'), 'imported'],
    ])
    expect(told(await list(listed(name('1'), 'One'), listed(name('2'), 'Two, changed')))).toEqual([
      [name('1'), 'unchanged'],
      [name('2'), 'updated'],
    ])
    expect(told(await sent(oaiList([listed(name('1'), 'One')], { verb: 'GetRecord' })))).toEqual([
      [name('1'), 'unchanged'],
    ])
  })

  it('does not invent a publication date or an identifier', async () => {
    const [outcome] = await list(listed(name('dates'), 'Dates'))
    const item = await jsonOf<{ oaiIdentifier: string; publicationDate: string }>(
      staff.api(`/items/${outcome?.item.number}`),
    )
    expect(item.oaiIdentifier).toMatch(new RegExp(`^oai:${id}.example:`))
    expect(item.publicationDate).toBe(kura.tenant(id).today())
  })

  it('takes oai_dc', async () => {
    const metadata =
      '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plain</dc:title><dc:type>Book</dc:type></oai_dc:dc>'
    const [outcome] = await list({ identifier: name('dc'), metadata })
    expect(told([outcome as Outcome])).toEqual([[name('dc'), 'imported']])
    expect(await jsonOf(staff.api(`/items/${outcome?.item.number}`))).toMatchObject({
      record: { titles: [{ value: 'Plain' }], type: { term: 'book' } },
    })
  })

  it('rejects one bad record and goes on', async () => {
    const outcomes = await list(
      { identifier: name('bad'), metadata: '<x xmlns="urn:x"/>' },
      { identifier: '', metadata: '<x xmlns="urn:x"/>' },
      listed(name('after'), 'After'),
    )
    expect(told(outcomes)).toEqual([
      [name('bad'), 'rejected', 'jpcoar.root'],
      [null, 'rejected', 'oai-pmh.identifier'],
      [name('after'), 'imported'],
    ])
  })

  it('changes and withdraws nothing that it did not bring', async () => {
    const [own] = await staff.lines({ source: name('own'), record: minimal('Own') })
    const rejected = [[name('own'), 'rejected', 'import.harvested']]
    expect(told(await list(listed(name('own'), 'Somebody else’s')))).toEqual(rejected)
    expect(told(await list({ identifier: name('own') }))).toEqual(rejected)
    expect(await jsonOf(staff.api(`/items/${own?.item.number}`))).toMatchObject({
      revision: 1,
      record: { titles: [{ value: 'Own' }] },
    })
  })

  it('lets go of what a depositor imports after it, also where that says the same', async () => {
    const [made] = await list(listed(name('adopted'), 'Adopted'))
    const [adopted] = await staff.lines({ source: name('adopted'), record: minimal('Adopted') })
    expect([adopted?.status, adopted?.item]).toEqual(['updated', made?.item])
    expect(told(await list(listed(name('adopted'), 'Adopted')))).toEqual([
      [name('adopted'), 'rejected', 'import.harvested'],
    ])
  })

  it('rejects an identifier that is no URI', async () => {
    expect(told(await list(listed('紀要/1.xml', 'x'), listed('a b:c', 'x')))).toEqual([
      [null, 'rejected', 'oai-pmh.identifier'],
      [null, 'rejected', 'oai-pmh.identifier'],
    ])
  })

  it('takes the last word on what it lists twice', async () => {
    const outcomes = await list(listed(name('twice'), 'First'), listed(name('twice'), 'Last'))
    expect(told(outcomes)).toEqual([
      [name('twice'), 'imported'],
      [name('twice'), 'updated'],
    ])
  })

  it('keeps what came before it breaks off, and says where it does', async () => {
    const body = oaiList([listed(name('whole'), 'Whole'), listed(name('cut'), 'Cut')]).slice(0, -250)
    const outcomes = await sent(body)
    expect(told(outcomes)).toEqual([
      [name('whole'), 'imported'],
      [null, 'rejected', 'xml.well-formed'],
    ])
    expect(outcomes[1]?.errors[0]?.message).toMatch(/^the list is not well-formed at line \d+/)
  })

  it.each([
    ['an error', oaiAnswer('<error code="noRecordsMatch">Nothing.</error>'), '', 'noRecordsMatch: Nothing.'],
    ['another verb', oaiAnswer('<ListSets/>'), '', 'answers ListSets'],
    ['a source beside it', oaiList([]), '?source=x', 'no other parameter than collections'],
  ])('is refused where it is sent as %s', async (_, body, query, words) => {
    const response = await post(body, query)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(words)
  })

  it('puts what is new into collections, before anybody sees it', async () => {
    const { id: collection } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '収集' } }))
    const [made] = await sent(oaiList([listed(name('placed'), 'Placed')]), `?collections=${collection}`)
    expect(await jsonOf(staff.api(`/items/${made?.item.number}/collections`))).toEqual({ collections: [collection] })
    // Staff's choice outlives what comes later.
    await staff.api(`/items/${made?.item.number}/collections`, 'PUT', { collections: [] })
    await sent(oaiList([listed(name('placed'), 'Changed')]), `?collections=${collection}`)
    expect(await jsonOf(staff.api(`/items/${made?.item.number}/collections`))).toEqual({ collections: [] })
    for (const wrong of ['x', '1,,2', ''])
      expect((await post(oaiList([listed(name('lost'), 'x')]), `?collections=${wrong}`)).status, wrong).toBe(422)
    expect(told(await sent(oaiList([listed(name('lost'), 'x')]), '?collections=77'))).toEqual([
      [name('lost'), 'rejected', 'import.collections'],
    ])
  })
})

describe('a record that is deleted in the list', () => {
  const deleted = (local: string): Listed => ({ identifier: name(local) })

  it('withdraws its item with a reason, and a live one brings the same item back', async () => {
    const [made] = await list(listed(name('gone'), 'Gone'))
    expect(told(await list(deleted('gone')))).toEqual([[name('gone'), 'withdrawn']])
    const tombstone = await kura.request(id, `/api/v1/items/${made?.item.number}`)
    expect(tombstone.status).toBe(410)
    expect(await tombstone.text()).toContain('deleted in the repository from which it had been harvested')
    expect(told(await list(deleted('gone')))).toEqual([[name('gone'), 'unchanged']])

    // As it was: nothing of its record has changed, and yet it has to come back.
    const [back] = await list(listed(name('gone'), 'Gone'))
    expect([back?.status, back?.item]).toEqual(['updated', made?.item])
    expect(await page(made)).toBe(200)
    expect(told(await list(listed(name('gone'), 'Gone')))).toEqual([[name('gone'), 'unchanged']])
  })

  it('is nothing where it was never imported', async () => {
    expect(told(await list(deleted('never')))).toEqual([[name('never'), 'unchanged']])
  })

  it('leaves no trace of an item that was never public', async () => {
    const [made] = await staff.lines({ source: name('hidden'), record: minimal('x'), publicationDate: '2999-01-01' })
    // As if it had been harvested: a list says no date, but staff may.
    await kura.asSuperuser(id, `update item set harvested = true where number = ${made?.item.number}`)
    expect(told(await list(deleted('hidden')))).toEqual([[name('hidden'), 'withdrawn']])
    expect(await page(made)).toBe(404)
    // Back it is as hidden as before.
    expect(told(await list(listed(name('hidden'), 'x')))).toEqual([[name('hidden'), 'updated']])
    expect(await page(made)).toBe(404)
    expect((await staff.api(`/items/${made?.item.number}`)).status).toBe(200)
  })

  it('brings nothing back that staff withdrew or deleted', async () => {
    const [withdrawn, gone] = await list(listed(name('kept-out'), 'a'), listed(name('erased'), 'b'))
    await staff.api(`/items/${withdrawn?.item.number}/withdrawal`, 'POST', { reason: 'ours' })
    await staff.api(`/items/${gone?.item.number}`, 'DELETE')
    expect(told(await list(deleted('kept-out'), deleted('erased')))).toEqual([
      [name('kept-out'), 'unchanged'],
      [name('erased'), 'unchanged'],
    ])
    expect(told(await list(listed(name('kept-out'), 'a'), listed(name('erased'), 'b, changed')))).toEqual([
      [name('kept-out'), 'rejected', 'import.withdrawn'],
      [name('erased'), 'rejected', 'import.deleted'],
    ])
    expect(await page(withdrawn)).toBe(410)
  })

  it('keeps withdrawn what staff restored and withdrew again', async () => {
    const [made] = await list(listed(name('again'), 'a'))
    await list(deleted('again'))
    await staff.api(`/items/${made?.item.number}/withdrawal`, 'DELETE')
    expect(await page(made)).toBe(200)
    await staff.api(`/items/${made?.item.number}/withdrawal`, 'POST', { reason: 'ours' })
    expect(told(await list(listed(name('again'), 'a')))).toEqual([[name('again'), 'rejected', 'import.withdrawn']])
  })
})

import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal, minimalXml } from '../../../test/support/depositor.ts'
import { harvester, readOai } from '../../../test/support/harvester.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'

let kura: Institutions
let [id, english, readonly] = ['', '', '']
let staff: Depositor
let oai: ReturnType<typeof harvester>
const MANY = 102

beforeAll(async () => {
  kura = await openInstitutions(['verbs', 'english', 'readonly'], ({ id, initial }) => ({
    ...(id.startsWith('english') && { initial: { ...initial, languages: ['en', 'ja'] } }),
    ...(id.startsWith('readonly') && { state: 'readonly' }),
  }))
  ;[id, english, readonly] = kura.ids as [string, string, string]
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  oai = harvester(kura, id)
  await staff.lines(
    { source: 'first', record: minimal('First & <foremost>') },
    { source: 'ahead', record: minimal('Ahead'), publicationDate: '2999-01-01' },
  )
})
afterAll(() => kura.close())

const identifierOf = (number: number) => `oai:${id}.example:${String(number).padStart(8, '0')}`
const makeCollection = async (name: string, more: object = {}) =>
  (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: name }, ...more }))).id

describe('Identify', () => {
  it('says who this is, from the institution’s settings', async () => {
    const answer = await oai.ask({ verb: 'Identify' })
    expect(answer.errors).toEqual([])
    expect(answer.request).toEqual({ verb: 'Identify' })
    expect(answer.texts('oai:repositoryName')).toEqual([`${id}大学`])
    expect(answer.texts('oai:baseURL')).toEqual([`https://${id}.example/oai`])
    expect(answer.texts('oai:adminEmail')).toEqual([`library@${id}.example`])
    expect(answer.texts('oai:deletedRecord')).toEqual(['persistent'])
    expect(answer.texts('oai:granularity')).toEqual(['YYYY-MM-DDThh:mm:ssZ'])
    const [first] = (await oai.ask({ verb: 'ListIdentifiers', metadataPrefix: 'jpcoar' })).heard
    expect(answer.texts('oai:earliestDatestamp')).toEqual([first?.datestamp])
  })

  it('says it in the institution’s first language', async () => {
    const answer = await harvester(kura, english).ask({ verb: 'Identify' })
    expect(answer.texts('oai:repositoryName')).toEqual([`${english} University`])
  })
})

describe('ListMetadataFormats', () => {
  it('names the formats, of all and of an item', async () => {
    for (const more of [{}, { identifier: identifierOf(1) }]) {
      const prefixes = (await oai.ask({ verb: 'ListMetadataFormats', ...more })).texts('oai:metadataPrefix')
      expect(prefixes).toEqual(['oai_dc', 'jpcoar', 'jpcoar_2.0', 'jpcoar_2.1', 'jpcoar_1.0'])
    }
  })
})

describe('GetRecord', () => {
  it('gives the record in its format', async () => {
    const answer = await oai.ask({ verb: 'GetRecord', identifier: identifierOf(1), metadataPrefix: 'jpcoar' })
    expect(answer.heard).toEqual([
      {
        identifier: identifierOf(1),
        datestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        deleted: false,
        sets: [],
        title: 'First & <foremost>',
      },
    ])
  })

  it('says what everybody may see, also to who may see more', async () => {
    const [outcome] = await staff.zip({
      'closed.xml': minimalXml('Closed', { access: 'restricted access' }),
      'closed/a.txt': 'a',
    })
    const path = `/oai?verb=GetRecord&metadataPrefix=jpcoar&identifier=${identifierOf(outcome?.item.number as number)}`
    const authorization = `Bearer ${await kura.token(id, 'items:write', 'files:read')}`
    const asStaff = await (await kura.request(id, path, { headers: { authorization } })).text()
    const withoutDate = (xml: string) => xml.replace(/<responseDate>.*/, '')
    expect(withoutDate(asStaff)).toBe(withoutDate(await (await kura.request(id, path)).text()))
  })

  it('knows nothing of an item that was never public', async () => {
    const answer = await oai.ask({ verb: 'GetRecord', identifier: identifierOf(2), metadataPrefix: 'jpcoar' })
    expect(answer.errors).toEqual(['idDoesNotExist'])
  })

  it('says deleted of one that was withdrawn, and gives it again under the same identifier when it is back', async () => {
    const [outcome] = await staff.lines({ source: 'comes-back', record: minimal('Comes back') })
    const number = outcome?.item.number as number
    const asked = { verb: 'GetRecord', identifier: identifierOf(number), metadataPrefix: 'jpcoar' }
    await staff.api(`/items/${number}/withdrawal`, 'POST', { reason: 'by mistake' })
    const gone = await oai.ask(asked)
    expect(gone.heard).toMatchObject([{ identifier: identifierOf(number), deleted: true }])
    expect(gone.texts('oai:metadata')).toEqual([])
    await staff.api(`/items/${number}/withdrawal`, 'DELETE')
    expect((await oai.ask(asked)).heard).toMatchObject([{ deleted: false, title: 'Comes back' }])
  })
})

describe('errors', () => {
  const list = { verb: 'ListRecords', metadataPrefix: 'jpcoar' }
  it.each<[string, Record<string, string>]>([
    ['badVerb', {}],
    ['badVerb', { verb: 'Nothing' }],
    ['badVerb', { verb: 'toString' }],
    ['badArgument', { verb: 'Identify', metadataPrefix: 'jpcoar' }],
    ['badArgument', { verb: 'ListRecords' }],
    ['badArgument', { verb: 'GetRecord', metadataPrefix: 'jpcoar' }],
    ['badArgument', { verb: 'GetRecord', metadataPrefix: 'jpcoar', identifier: 'no uri' }],
    ['badArgument', { verb: 'GetRecord', metadataPrefix: 'jpcoar', identifier: 'oai:x.example:%zz' }],
    ['badArgument', { ...list, from: 'yesterday' }],
    ['badArgument', { ...list, from: '2026-02-30' }],
    ['badArgument', { ...list, from: '0000-01-01' }],
    ['badArgument', { ...list, from: '2026-01-01T24:00:00Z' }],
    ['badArgument', { ...list, from: '2026-01-01T00:00:00+09:00' }],
    ['badArgument', { ...list, from: '2026-01-01', until: '2026-01-02T00:00:00Z' }],
    ['badArgument', { ...list, from: '2026-01-02', until: '2026-01-01' }],
    ['badArgument', { ...list, set: 'no set' }],
    ['badArgument', { ...list, set: '' }],
    ['badArgument', { ...list, set: '\u0000' }],
    ['badArgument', { ...list, resumptionToken: 'x' }],
    ['badArgument', { verb: 'ListRecords', resumptionToken: '\u0001' }],
    ['cannotDisseminateFormat', { verb: 'ListRecords', metadataPrefix: 'nothing' }],
    ['cannotDisseminateFormat', { verb: 'GetRecord', identifier: 'oai:x.example:1', metadataPrefix: 'nothing' }],
    ['idDoesNotExist', { verb: 'GetRecord', identifier: 'oai:x.example:1', metadataPrefix: 'jpcoar' }],
    ['idDoesNotExist', { verb: 'ListMetadataFormats', identifier: 'oai:x.example:1' }],
    ['noRecordsMatch', { ...list, until: '1999-12-31' }],
    ['noRecordsMatch', { ...list, from: '9999-12-31', until: '9999-12-31' }],
    ['badResumptionToken', { verb: 'ListRecords', resumptionToken: 'nonsense' }],
    ['badResumptionToken', { verb: 'ListRecords', resumptionToken: '' }],
    ['badResumptionToken', { verb: 'ListSets', resumptionToken: 'é\t<"蔵' }],
  ])('%s answers %j', async (code, parameters) => {
    const response = await kura.request(id, `/oai?${new URLSearchParams(parameters)}`)
    expect(response.status).toBe(200)
    const { errors, request } = readOai(await response.text())
    expect(errors).toEqual([code])
    expect(request).toEqual(/^bad(Verb|Argument)$/.test(code) ? {} : parameters)
  })

  it('badArgument answers what is given twice, badVerb two verbs', async () => {
    const ask = async (query: string) => readOai(await (await kura.request(id, `/oai?${query}`)).text()).errors
    expect(await ask('verb=ListRecords&metadataPrefix=jpcoar&metadataPrefix=jpcoar')).toEqual(['badArgument'])
    expect(await ask('verb=Identify&verb=Identify')).toEqual(['badVerb'])
  })

  it('are all given at once', async () => {
    expect((await oai.ask({ verb: 'ListRecords', from: 'x', until: 'y' })).errors).toEqual(Array(3).fill('badArgument'))
  })

  it('badResumptionToken answers a token of another verb, or one with another’s arguments', async () => {
    const token = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url')
    const good = { verb: 'ListRecords', after: 1, metadataPrefix: 'jpcoar' }
    expect((await oai.ask({ verb: 'ListRecords', resumptionToken: token(good) })).errors).toEqual([])
    for (const bad of [
      { ...good, verb: 'ListIdentifiers' },
      { ...good, after: 'x' },
      { ...good, after: -1 },
      { ...good, from: '2026-02-30' },
      { ...good, from: '2026-02-02', until: '2026-02-01' },
      { ...good, set: 'no set' },
      { ...good, more: 'x' },
      { verb: 'ListRecords', after: 1 },
      null,
    ])
      expect((await oai.ask({ verb: 'ListRecords', resumptionToken: token(bad as object) })).errors).toEqual([
        'badResumptionToken',
      ])
  })

  it('badResumptionToken answers where nothing is left of a list, and not as if there had been nothing', async () => {
    const rest = (content: object) =>
      Buffer.from(JSON.stringify({ after: 9_999_999, ...content })).toString('base64url')
    for (const verb of ['ListRecords', 'ListIdentifiers']) {
      const resumptionToken = rest({ verb, metadataPrefix: 'jpcoar' })
      expect((await oai.ask({ verb, resumptionToken })).errors, verb).toEqual(['badResumptionToken'])
    }
    const resumptionToken = rest({ verb: 'ListSets' })
    expect((await oai.ask({ verb: 'ListSets', resumptionToken })).errors).toEqual(['badResumptionToken'])
  })

  it('noSetHierarchy answers where no collection is harvested', async () => {
    const none = harvester(kura, english)
    expect((await none.ask({ verb: 'ListSets' })).errors).toEqual(['noSetHierarchy'])
    expect((await none.ask({ ...list, set: '1' })).errors).toEqual(['noSetHierarchy'])
    expect((await none.ask(list)).errors).toEqual(['noRecordsMatch'])
  })
})

describe('ListSets', () => {
  it('gives the collections that are harvested, page by page', async () => {
    const hidden = await makeCollection('隠し', { public: false })
    const below = await makeCollection('隠しの下', { parent: hidden })
    const made = []
    for (let i = 0; i < MANY; i++) made.push(await makeCollection(`集 & ${i}`))
    const pages = await Array.fromAsync(oai.pages({ verb: 'ListSets' }))
    expect(pages.map((page) => page.texts('oai:set').length)).toEqual([100, MANY - 100])
    expect(pages.at(-1)?.token).toBe('')
    const specs = pages.flatMap((page) => page.texts('oai:setSpec'))
    expect(specs).toEqual(made.map(String))
    expect(specs).not.toContain(String(below))
    expect(pages[0]?.texts('oai:setName')[0]).toBe('集 & 0')
  })
})

describe('a request', () => {
  const query = 'verb=ListRecords&metadataPrefix=jpcoar'
  const post = (to: string, body: string) =>
    kura.request(to, '/oai', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })
  const withoutDate = (xml: string) => xml.replace(/<responseDate>.*/, '')

  it('by POST has the same answer as by GET, also of an institution that takes no changes', async () => {
    const [got, posted] = [await kura.request(id, `/oai?${query}`), await post(id, query)]
    expect(posted.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    expect(withoutDate(await posted.text())).toBe(withoutDate(await got.text()))
    expect(readOai(await (await post(readonly, 'verb=Identify')).text()).errors).toEqual([])
  })

  it('by POST that is no form has no verb', async () => {
    const response = await kura.request(id, '/oai', { method: 'POST', body: query })
    const answer = readOai(await response.text())
    expect(answer.errors).toEqual(['badVerb'])
    expect(answer.texts('oai:error')[0]).toContain('application/x-www-form-urlencoded')
  })

  it('by another method is told which there are', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const response = await kura.request(id, `/oai?${query}`, {
        method,
        headers: { 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-origin' },
      })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
      expect(response.headers.get('content-encoding')).toBeNull()
      expect(await response.text()).toContain('<h1>')
    }
    const head = await kura.request(id, `/oai?${query}`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('is answered in gzip to who takes it', async () => {
    const plain = await kura.request(id, `/oai?${query}`)
    const zipped = await kura.request(id, `/oai?${query}`, { headers: { 'accept-encoding': 'gzip, deflate' } })
    expect([plain.headers.get('content-encoding'), zipped.headers.get('content-encoding')]).toEqual([null, 'gzip'])
    expect(zipped.headers.get('vary')).toContain('Accept-Encoding')
    const unzipped = gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()
    expect(withoutDate(unzipped)).toBe(withoutDate(await plain.text()))
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal, minimalXml } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { outputs } from '../../records/formats/outputs.ts'
import { readJpcoar } from '../../records/index.ts'

let kura: Institutions
let id: string
let staff: Depositor
let number: number
beforeAll(async () => {
  kura = await openInstitutions(['formats'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const [outcome] = await staff.zip({ 'x.xml': minimalXml('In many formats'), 'x/a.txt': 'a' })
  number = outcome?.item.number as number
  await staff.api(`/items/${number}/versions`, 'POST')
})
afterAll(() => kura.close())

const get = (path: string, headers: Record<string, string> = {}) => kura.request(id, path, { headers })
const asked = (accept: string, path = `/items/${number}`) => get(path, { accept })
const typeOf = (response: Response) => response.headers.get('content-type')

describe('an address of a format', () => {
  it.each(outputs)('answers $name as a file', async ({ id: format, mediaType, extension }) => {
    const response = await get(`/items/${number}/metadata/${format}`)
    expect(response.status).toBe(200)
    expect(typeOf(response)?.split(';')[0]).toBe(mediaType)
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=item-${number}.${extension}`)
    expect(response.headers.get('link')).toBe(
      `<https://${id}.example/items/${number}>; rel="describes"; type="text/html"`,
    )
    expect(await response.text()).toContain('In many formats')
  })

  it('is there for a version too', async () => {
    const response = await get(`/items/${number}/versions/1/metadata/bibtex`)
    expect(response.headers.get('content-disposition')).toContain(`item-${number}-v1.bib`)
    expect(response.headers.get('link')).toContain(`/items/${number}/versions/1>; rel="describes"`)
    expect(await response.text()).toMatch(/^@article\{[^,]*v1,/)
  })

  it.each(['metadata/pdf', 'metadata/', 'metadata/BIBTEX', 'versions/2/metadata/ris', 'versions/0/metadata/ris'])(
    'is not found where there is none: %s',
    async (path) => {
      expect((await get(`/items/${number}/${path}`)).status).toBe(404)
    },
  )

  it('is gone with the item, and was never there of one that was never public', async () => {
    const [gone] = await staff.lines({ source: 'gone', record: minimal('Gone') })
    await staff.api(`/items/${gone?.item.number}/withdrawal`, 'POST', { reason: 'wrong' })
    expect((await get(`/items/${gone?.item.number}/metadata/ris`)).status).toBe(410)
    const [ahead] = await staff.lines({ source: 'ahead', record: minimal('Ahead'), publicationDate: '2999-01-01' })
    expect((await get(`/items/${ahead?.item.number}/metadata/ris`)).status).toBe(404)
  })

  it('answers that nothing has changed to who has it', async () => {
    const path = `/items/${number}/metadata/bibtex`
    const etag = (await get(path)).headers.get('etag') as string
    expect((await get(path, { 'if-none-match': `"other", W/${etag}` })).status).toBe(304)
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200)
    // Each format has a tag of its own.
    expect((await get(`/items/${number}/metadata/ris`)).headers.get('etag')).not.toBe(etag)
  })
})

describe('the address of an item', () => {
  it.each(outputs)('answers $name to who asks for it', async ({ id: format, mediaType, profile }) => {
    const response = await asked(profile === undefined ? mediaType : `${mediaType};profile="${profile}"`)
    expect(response.headers.get('vary')).toContain('Accept')
    expect(await response.text()).toBe(await (await get(`/items/${number}/metadata/${format}`)).text())
  })

  it.each([
    ['text/x-bibtex', 'application/x-bibtex'],
    ['application/vnd.schemaorg.ld+json', 'application/ld+json'],
    ['application/x-dc+xml', 'application/xml'],
    ['application/x-bibtex;q=0.5, application/x-research-info-systems', 'application/x-research-info-systems'],
    ['*/*, application/x-bibtex', 'application/x-bibtex'],
    ['text/html;q=0.1, application/ld+json;q=0.2', 'application/ld+json'],
    ['application/xml;profile="https://unknown.example/"', 'application/xml'],
    ['Application/LD+JSON', 'application/ld+json'],
  ])('answers %s with %s', async (accept, type) => {
    expect(typeOf(await asked(accept))?.split(';')[0]).toBe(type)
  })

  it('answers XML of no profile with JPCOAR, in which our address comes first', async () => {
    for (const accept of ['application/xml', 'text/xml']) {
      const response = await asked(accept)
      expect(typeOf(response)).toBe('application/xml; charset=utf-8')
      const { record } = readJpcoar(await response.text())
      expect(record?.identifiers[0]).toEqual({ value: `https://${id}.example/items/${number}`, type: 'URI' })
      expect(record?.files[0]?.uri).toBe(`https://${id}.example/items/${number}/files/a.txt`)
    }
  })

  it('sends who asks for JSON to the API, and shows a version as a page', async () => {
    const response = await asked('application/json, text/plain, */*')
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `https://${id}.example/api/v1/items/${number}`,
    ])
    expect(response.headers.get('vary')).toContain('Accept')
    expect(typeOf(await asked('application/json', `/items/${number}/versions/1`))).toMatch(/^text\/html/)
  })

  it.each([
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html,application/x-bibtex',
    '*/*',
    'text/*',
    'application/*',
    'image/png',
    'application/xml;q=0',
    ';',
    '',
  ])('answers %s with the page, whatever that is', async (accept) => {
    const response = await asked(accept)
    expect([response.status, typeOf(response)?.slice(0, 9)]).toEqual([200, 'text/html'])
  })
})

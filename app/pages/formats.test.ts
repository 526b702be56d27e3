import { afterAll, beforeAll, expect, it } from 'vitest'
import { depositor, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { readJpcoar } from '../records/index.ts'

let kura: Institutions
let id: string
let number: number
beforeAll(async () => {
  kura = await openInstitutions(['formats'])
  id = kura.ids[0] as string
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const [outcome] = await staff.zip({ 'x.xml': minimalXml('In two formats'), 'x/a.txt': 'a' })
  number = outcome?.item.number as number
})
afterAll(() => kura.close())

const get = (accept: string) => kura.request(id, `/items/${number}`, { headers: { accept } })

it('answers a program that asks for XML with JPCOAR, in which our address comes first', async () => {
  const response = await get('application/xml')
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
  expect(response.headers.get('vary')).toContain('Accept')
  const { record } = readJpcoar(await response.text())
  expect(record?.titles).toEqual([{ value: 'In two formats', lang: 'en' }])
  expect(record?.identifiers[0]).toEqual({ value: `https://${id}.example/items/${number}`, type: 'URI' })
  expect(record?.files[0]?.uri).toBe(`https://${id}.example/items/${number}/files/a.txt`)
})

it.each(['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', '*/*', 'image/png'])(
  'answers %s with the page',
  async (accept) => {
    expect((await get(accept)).headers.get('content-type')).toMatch(/^text\/html/)
  },
)

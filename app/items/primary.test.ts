import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { depositor, jsonOf, minimal } from '../../test/support/depositor.ts'
import { png } from '../../test/support/images.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'

let kura: Institutions
let id: string
let token: string
let file: string
let logo: string
let collection: number
beforeAll(async () => {
  kura = await openInstitutions(['read'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write', 'settings:write')
  const staff = depositor(kura, id, token)
  const [made] = await staff.lines({ source: '1', record: minimal('Tides of Misaki') })
  file = `/items/${made?.item.number}/files/a.txt`
  const { id: bulletin } = await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '紀要' } }))
  await staff.api('/items/1/collections', 'PUT', { collections: [bulletin] })
  collection = bulletin
  const headers = { authorization: `Bearer ${token}` }
  const put = { method: 'PUT', headers, body: 'The harbour at low tide.' }
  expect((await kura.request(id, `/api/v1${file}`, put)).status).toBe(201)
  const given = await kura.request(id, '/api/v1/settings/logo', { ...put, body: png(8, 8) as Uint8Array<ArrayBuffer> })
  // What the index follows with is read in transactions that poolers send to the primary whole.
  await kura.settle()
  logo = new URL(((await given.json()) as { logo: { url: string } }).logo.url).pathname
})
afterAll(() => kura.close())

/** Tables of which an earlier state must not be shown, and what a pooler is told of a statement that reads them. */
const PRESENT = /\b(from|join) "?(item|file|settings|collection|token)"?\b/
const TO_PRIMARY = '/*NO LOAD BALANCE*/'

it.each([
  ['an item', () => '/api/v1/items/1'],
  ['the page of an item', () => '/items/1'],
  ['a file', () => file],
  ['what is found in a file', () => '/search?q=harbour'],
  ['the front page', () => '/'],
  ['the tree of collections', () => '/collections'],
  ['a collection', () => `/collections/${collection}`],
  ['what lies in a collection', () => `/api/v1/collections/${collection}/items`],
  ['where an item lies', () => '/api/v1/items/1/collections'],
  ['a logo', () => logo],
])('%s is read from the primary, where it stands as it was last changed', async (_, path) => {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    const headers = { authorization: `Bearer ${token}` }
    expect((await kura.request(id, path(), { headers })).status).toBe(200)
    const texts = query.mock.calls.map(([statement]) => String((statement as { text?: string }).text ?? statement))
    const reads = texts.filter((text) => PRESENT.test(text))
    expect(reads).not.toEqual([])
    expect(reads.filter((text) => !text.trimStart().startsWith(TO_PRIMARY))).toEqual([])
  } finally {
    query.mockRestore()
  }
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import type { Harvest } from './harvest.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['harvests'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import'))
})
afterAll(() => kura.close())

const NOTHING = { imported: 0, updated: 0, unchanged: 0, withdrawn: 0, rejected: 0 }
const harvest = (more: Partial<Harvest> = {}): Harvest => ({
  baseUrl: 'https://old.example/oai',
  metadataPrefix: 'jpcoar',
  counts: NOTHING,
  ...more,
})
const put = (name: string, body: unknown, headers: Record<string, string>) =>
  staff.api(`/harvests/${name}`, 'PUT', body, headers)
const make = (name: string, body: unknown = harvest()) => put(name, body, { 'if-none-match': '*' })

describe('what is kept of a harvest', () => {
  it('is what was said last, all of it', async () => {
    const full = harvest({
      set: 'a:b',
      until: '2026-04-01T00:00:00.000Z',
      list: { began: '2026-04-02T00:00:00.000Z', resumptionToken: 'x/+=' },
      counts: { ...NOTHING, rejected: 2 },
      completedAt: '2026-04-01T00:01:00.000Z',
      lastError: 'なぜか',
    })
    expect((await make('all', full)).status).toBe(201)
    const read = await staff.api('/harvests/all')
    expect(read.headers.get('etag')).toBe('"1"')
    expect(await read.json()).toEqual({ ...full, id: 'all', updatedAt: expect.any(String) })
    const short = harvest()
    expect((await put('all', short, { 'if-match': '"1"' })).headers.get('etag')).toBe('"2"')
    expect(await jsonOf(staff.api('/harvests/all'))).toEqual({ ...short, id: 'all', updatedAt: expect.any(String) })
  })

  it('is not replaced by one who has not seen it', async () => {
    await make('two')
    const statuses = await Promise.all(
      ['one', 'other'].map(
        async (lastError) => (await put('two', harvest({ lastError }), { 'if-match': '"1"' })).status,
      ),
    )
    expect(statuses.sort()).toEqual([200, 412])
    expect((await make('two')).status).toBe(412)
    expect((await put('two', harvest(), {})).status).toBe(428)
    expect((await put('none', harvest(), { 'if-match': '"1"' })).status).toBe(412)
    expect((await put('none', harvest(), { 'if-match': '*' })).status).toBe(412)
  })

  it('is listed, and can be forgotten', async () => {
    await make('forget', harvest({ baseUrl: 'https://another.example/oai' }))
    const { harvests } = await jsonOf<{ harvests: { id: string }[] }>(staff.api('/harvests'))
    expect(harvests.map((each) => each.id)).toContain('forget')
    expect((await staff.api('/harvests/forget', 'DELETE')).status).toBe(204)
    expect((await staff.api('/harvests/forget', 'DELETE')).status).toBe(404)
    expect((await staff.api('/harvests/forget')).status).toBe(404)
  })

  it.each([
    ['an address of another kind', { baseUrl: 'ftp://old.example/oai' }],
    ['no address', { baseUrl: 'old.example' }],
    ['a set that cannot be', { set: 'a b' }],
    ['a field that there is not', { token: 'x' }],
    ['an empty token', { list: { resumptionToken: '' } }],
    ['a token with NUL', { list: { resumptionToken: 'a\u0000' } }],
    ['half a character', { lastError: '\ud800' }],
    ['a day', { until: '2026-04-01' }],
  ])('is refused with %s', async (_, wrong) => {
    expect((await make('wrong', { ...harvest(), ...wrong })).status).toBe(422)
  })

  it('is for those who may import', async () => {
    const reader = depositor(kura, id, await kura.token(id, 'files:read'))
    for (const [path, method] of [
      ['/harvests', 'GET'],
      ['/harvests/all', 'GET'],
      ['/harvests/all', 'DELETE'],
    ] as const)
      expect((await reader.api(path, method)).status).toBe(403)
    expect((await reader.api('/harvests/all', 'PUT', harvest(), { 'if-none-match': '*' })).status).toBe(403)
    expect((await kura.request(id, '/api/v1/harvests')).status).toBe(401)
    expect((await staff.api('/harvests/NO_SUCH')).status).toBe(404)
  })
})

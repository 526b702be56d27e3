import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Institutions, openInstitutions, type Services } from '../../../test/support/institutions.ts'

/** What limits must do, wherever requests are counted. */
export function ratesSuite(services: () => Services | undefined) {
  let kura: Institutions
  let [id, other] = ['', '']
  let token: string
  beforeAll(async () => {
    const rates = { reads: 12, searches: 10, writes: 11 }
    kura = await openInstitutions(['rates', 'other'], undefined, { proxies: 1, rates }, services())
    ;[id, other] = kura.ids as [string, string]
    token = await kura.token(id, 'items:write')
    // A service may be connected to by the first who asks.
    await kura.request(id, '/', { headers: { 'x-forwarded-for': '192.0.2.1' } })
    await setTimeout(500)
  })
  afterAll(() => kura.close())

  let clients = 0
  /** An address that nobody has asked from yet. */
  const newcomer = () => `198.51.100.${++clients}`
  const ask = (address: string, path = '/api/v1/items/99', headers: Record<string, string> = {}, at = id) =>
    kura.request(at, path, { headers: { 'x-forwarded-for': address, ...headers } })
  /** Asks until nothing is left. */
  async function askAll(address: string, times: number, path?: string, headers?: Record<string, string>) {
    for (let i = 0; i < times; i++) await ask(address, path, headers)
  }

  describe('an answer', () => {
    it('says which limit there is, and what is left of it', async () => {
      const address = newcomer()
      for (const [path, policy, left] of [
        ['/api/v1/items/99', '"reads";q=12;w=60', '"reads";r=11;t=60'],
        ['/items/99', '"reads";q=12;w=60', '"reads";r=10;t=60'],
        ['/search?q=x', '"searches";q=10;w=60', '"searches";r=9;t=60'],
        ['/api/v1/search?q=x', '"searches";q=10;w=60', '"searches";r=8;t=60'],
      ] as const) {
        const { headers } = await ask(address, path)
        expect([headers.get('ratelimit-policy'), headers.get('ratelimit')], path).toEqual([policy, left])
      }
    })

    it('counts no style sheet, of which a page has several', async () => {
      const answer = await ask(newcomer(), '/assets/theme-aa0000.0000.css')
      expect(answer.headers.get('ratelimit')).toBeNull()
    })
  })

  describe('what a client asks beyond its share', () => {
    it('is refused to a program with a problem, and the time to wait', async () => {
      const address = newcomer()
      await askAll(address, 12)
      const answer = await ask(address)
      expect(answer.status).toBe(429)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
      expect(answer.headers.get('ratelimit')).toMatch(/^"reads";r=0;t=[1-9]\d?$/)
      expect(await answer.json()).toMatchObject({ status: 429, title: 'Too many requests' })
    })

    it('is refused to a reader with a page', async () => {
      const address = newcomer()
      await askAll(address, 10, '/search?q=x')
      const answer = await ask(address, '/search?q=x', { 'accept-language': 'en' })
      expect(answer.status).toBe(429)
      expect(await answer.text()).toContain('Too many requests')
    })

    it('is refused to a harvester as its protocol has it', async () => {
      const address = newcomer()
      await askAll(address, 12, '/oai?verb=Identify')
      const answer = await ask(address, '/oai?verb=Identify')
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
    })

    it('is nobody else’s: not of another address, kind, institution or token', async () => {
      const address = newcomer()
      await askAll(address, 12)
      expect((await ask(newcomer())).status).toBe(404)
      expect((await ask(address, '/search')).status).toBe(200)
      expect((await ask(address, undefined, undefined, other)).status).toBe(404)
      expect((await ask(address, undefined, { authorization: `Bearer ${token}` })).status).toBe(404)
    })

    it('is the same from all addresses of a line, and whatever address it claims besides', async () => {
      for (let i = 0; i < 12; i++) await ask(`203.0.113.${i}, 2001:db8:0:1::${i}`)
      expect((await ask('2001:db8:0:1:ffff::')).status).toBe(429)
      expect((await ask('2001:db8:0:2::')).status).toBe(404)
    })

    it('is the same of one token from everywhere', async () => {
      const headers = { authorization: `Bearer ${await kura.token(id, 'items:write')}` }
      for (let i = 0; i < 12; i++) await ask(newcomer(), undefined, headers)
      expect((await ask(newcomer(), undefined, headers)).status).toBe(429)
    })

    it('is that of its address where its tokens are not known here, whichever they are', async () => {
      const address = newcomer()
      for (let i = 0; i < 6; i++) {
        expect((await ask(address, undefined, { authorization: 'Bearer one' })).status).toBe(401)
        expect((await ask(address, undefined, { authorization: 'Bearer two' })).status).toBe(401)
      }
      const refused = await ask(address, undefined, { authorization: 'Bearer three' })
      expect([refused.status, (await refused.json()) as unknown]).toMatchObject([429, { title: 'Too many requests' }])
      // Who is known does not wait for who shares the address.
      expect((await ask(address, undefined, { authorization: `Bearer ${token}` })).status).toBe(404)
    })

    it('does not begin anew with every token that it brings', async () => {
      const address = newcomer()
      const brought = async () =>
        (await ask(address, undefined, { authorization: `Bearer ${await kura.token(id, 'items:write')}` })).status
      for (let i = 0; i < 100; i++) expect(await brought()).toBe(404)
      expect(await brought()).toBe(429)
    })
  })
}

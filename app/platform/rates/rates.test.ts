import { request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { serve } from '../../../test/support/server.ts'
import { Limiter } from './limiter.ts'

let kura: Institutions
let [id, other] = ['', '']
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['rates', 'other'], undefined, {
    proxies: 1,
    rates: { reads: 12, searches: 10, writes: 11 },
  })
  ;[id, other] = kura.ids as [string, string]
  token = await kura.token(id, 'items:write')
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

it('remembers a bounded number of clients, and those that asked last', async () => {
  const limiter = new Limiter(2)
  const spend = async (client: number) => (await limiter.spend(`${client}`)).remaining
  for (let client = 0; client < 10_000; client++) await spend(client)
  expect(await spend(0)).toBe(0)
  await spend(10_000)
  // The first of all was forgotten for the last, and now the second for the first.
  expect(await spend(0)).toBe(1)
  expect(await spend(1)).toBe(1)
  expect(await spend(10_000)).toBe(0)
})

describe('while a search is worked on', () => {
  /** Searches that have begun, and what ends them. */
  const begun: { words: string; end: () => void }[] = []
  beforeAll(() => {
    vi.spyOn(kura.tenant(id).search, 'search').mockImplementation(async ({ words }) => {
      await new Promise<void>((end) => begun.push({ words, end }))
      return { results: [], total: { value: 0, atLeast: false } }
    })
  })
  afterAll(() => {
    vi.restoreAllMocks()
  })
  const search = (address: string, words: string) => ask(address, `/search?q=${words}`)
  const words = () => begun.map(({ words }) => words)
  const endAll = () => {
    for (const { end } of begun.splice(0)) end()
  }

  it('its other searches wait, and neither what else it asks nor another’s search', async () => {
    const address = newcomer()
    const answers = [search(address, 'a')]
    await expect.poll(words).toEqual(['a'])
    answers.push(search(address, 'b'))
    expect((await ask(address)).status).toBe(404)
    answers.push(search(newcomer(), 'c'))
    await expect.poll(words).toEqual(['a', 'c'])
    answers.push(search(newcomer(), 'd'), ask(address, '/search?q=e', { authorization: `Bearer ${token}` }))
    await expect.poll(words).toEqual(['a', 'c', 'e'])
    begun.shift()?.end()
    await expect.poll(words).toEqual(['c', 'e', 'b'])
    endAll()
    await expect.poll(words).toEqual(['d'])
    endAll()
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200)
  })

  it('one that nobody waits for any more is never begun', async () => {
    const server = await serve(kura)
    const address = newcomer()
    const send = (words: string) => {
      const headers = { host: `${id}.example`, 'x-forwarded-for': address }
      const sent = request({ host: '127.0.0.1', port: server.port, path: `/search?q=${words}`, headers, agent: false })
      sent.on('response', (response) => response.resume()).on('error', () => {})
      sent.end()
      return sent
    }
    send('a')
    await expect.poll(words).toEqual(['a'])
    const left = send('left')
    await setTimeout(100)
    left.destroy()
    await setTimeout(100)
    send('c')
    await setTimeout(100)
    endAll()
    await expect.poll(words).toEqual(['c'])
    endAll()
    await server.close()
  })
})

import { request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { serve } from '../../../test/support/server.ts'
import { memoryCaches } from '../../ports/cache/memory.ts'
import { Limiter } from './limiter.ts'
import { ratesSuite } from './suite.ts'

let kura: Institutions
let id = ''
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['turns'], undefined, { proxies: 1 })
  id = kura.ids[0] as string
  token = await kura.token(id, 'items:write')
})
afterAll(() => kura.close())

let clients = 0
/** An address that nobody has asked from yet. */
const newcomer = () => `198.51.100.${++clients}`
const ask = (address: string, path = '/api/v1/items/99', headers: Record<string, string> = {}) =>
  kura.request(id, path, { headers: { 'x-forwarded-for': address, ...headers } })

ratesSuite(() => undefined)

it('remembers a bounded number of clients, and those that asked last', async () => {
  const limiter = new Limiter('test', 2, memoryCaches())
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
    send('first')
    await expect.poll(words).toEqual(['first'])
    const left = send('left')
    await setTimeout(100)
    left.destroy()
    await setTimeout(100)
    send('last')
    await setTimeout(100)
    endAll()
    await expect.poll(words).toEqual(['last'])
    endAll()
    await server.close()
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Redis, startRedis } from '../../../test/services/redis.ts'
import { type Institutions, openInstitutions, openReplica, type Services } from '../../../test/support/institutions.ts'
import { ratesSuite } from './suite.ts'

let redis: Redis
let services: Services
beforeAll(async () => {
  redis = await startRedis()
  services = redis.services
})
afterAll(() => redis.remove())

describe('with a cache that processes share', () => {
  ratesSuite(() => services)

  describe('a limit', () => {
    let kura: Institutions
    let id: string
    const replicas: Awaited<ReturnType<typeof openReplica>>[] = []
    beforeAll(async () => {
      const rates = { reads: 10, searches: 10, writes: 10 }
      kura = await openInstitutions(['shared'], undefined, { proxies: 1, rates }, services)
      id = kura.ids[0] as string
      replicas.push(await openReplica(kura), await openReplica(kura))
    })
    afterAll(async () => {
      for (const replica of replicas) await replica.close()
      await kura.close()
    })

    /** What is left of a client's share after a request to a replica, or the refusal's status. */
    const ask = async (replica: number, address: string, token?: string) => {
      const headers = { 'x-forwarded-for': address, ...(token && { authorization: `Bearer ${token}` }) }
      const answer = await replicas[replica]?.request(id, '/api/v1/items/99', { headers })
      return answer?.status === 404
        ? Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
        : answer?.status
    }
    /** Until both count together. */
    const together = (address: string) =>
      expect
        .poll(async () => [await ask(0, `${address}1`), await ask(1, `${address}2`), await redis.command('DBSIZE')])
        .toEqual([expect.anything(), expect.anything(), expect.toSatisfy((keys) => Number(keys) >= 2)])

    it('is one for all replicas, of an address and of a token', async () => {
      await together('192.0.2.')
      const left = []
      for (let i = 0; i < 10; i++) left.push(await ask(i % 2, '198.51.100.1'))
      expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
      expect([await ask(0, '198.51.100.1'), await ask(1, '198.51.100.1')]).toEqual([429, 429])
      const token = await kura.token(id, 'items:write')
      expect([await ask(0, '198.51.100.2', token), await ask(1, '198.51.100.3', token)]).toEqual([9, 8])
    })

    it('is counted under names that nobody can read an address or a token in', async () => {
      const token = await kura.token(id, 'items:write')
      await ask(0, '198.51.100.77', token)
      const keys = JSON.stringify(await redis.command('KEYS', '*'))
      expect(keys).toContain('limit:reads:')
      expect(keys).not.toMatch(/198\.51|kura_/)
    })

    it('is each replica’s own while the cache is gone, and nobody is refused for that', async () => {
      await ask(0, '198.51.100.4')
      await redis.kill()
      const began = performance.now()
      const left = []
      for (let i = 0; i < 20; i++) left.push(await ask(i % 2, '198.51.100.4'))
      expect(left.filter((_, i) => i % 2 === 0)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
      expect(left.filter((_, i) => i % 2 === 1)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
      expect(performance.now() - began).toBeLessThan(5_000)
      expect(await ask(0, '198.51.100.4')).toBe(429)
      await redis.start()
    })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Redis, startRedis } from '../../../test/services/redis.ts'
import { type Institutions, openInstitutions, openReplica } from '../../../test/support/institutions.ts'
import { keptPageSuite } from './suite.ts'

let redis: Redis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.remove())

keptPageSuite(() => redis.services)

describe('pages and tokens', () => {
  let kura: Institutions
  let replica: Awaited<ReturnType<typeof openReplica>>
  let id: string
  beforeAll(async () => {
    kura = await openInstitutions(['gone'], undefined, undefined, redis.services)
    id = kura.ids[0] as string
    replica = await openReplica(kura)
  })
  afterAll(async () => {
    await replica.close()
    await kura.close()
  })
  const timed = async (path = '/search') => {
    const began = performance.now()
    const { status } = await replica.request(id, path)
    return { status, took: performance.now() - began }
  }

  it('are answered while Redis is killed, stands still, and comes back empty', async () => {
    await timed()
    const ends: [() => Promise<void>, () => Promise<void>][] = [
      [redis.kill, redis.start],
      [redis.freeze, redis.thaw],
    ]
    for (const [end, begin] of ends) {
      await end()
      for (let i = 0; i < 5; i++) {
        const { status, took } = await timed()
        expect(status).toBe(200)
        expect(took).toBeLessThan(1_000)
      }
      await begin()
      const hits = () => replica.caches.uses.hit
      const before = hits()
      const found = async () => {
        await timed()
        return hits()
      }
      await expect.poll(found, { timeout: 5_000 }).toBeGreaterThan(before)
    }
  })

  it('of a token that has been revoked are refused at once by every replica, with Redis and without', async () => {
    for (const gone of [false, true]) {
      const headers = { authorization: `Bearer ${await kura.token(id, 'items:write')}` }
      const ask = async () => (await replica.request(id, '/api/v1/items', { headers })).status
      expect(await ask()).not.toBe(401)
      if (gone) await redis.kill()
      await kura.tenant(id).db.updateTable('token').set({ revoked_at: new Date() }).execute()
      expect(await ask()).toBe(401)
      if (gone) await redis.start()
      expect(await ask()).toBe(401)
    }
  })
})

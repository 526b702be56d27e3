import { setTimeout } from 'node:timers/promises'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { describe, expect, it } from 'vitest'
import type { Caches } from './port.ts'

let names = 0
/** A name that nobody has used yet. */
const fresh = (of: string) => `${of}${++names}`

/** How a client stands with a limit after one more request. */
const spend = (limiter: RateLimiterAbstract, client: string): Promise<RateLimiterRes> =>
  limiter.consume(client).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused
    throw refused
  })

/** What every cache must do: run by the test of each adapter. */
export function cacheSuite(open: () => Promise<Caches>) {
  describe('cache', () => {
    it('gives back what was put, whatever it holds', async () => {
      const cache = (await open()).of('a')
      for (const value of ['', '蔵 𠮷 \0\r\n', 'x'.repeat(1_000_000)]) {
        const key = fresh('key')
        await cache.put(key, value, 60)
        expect(await cache.get(key)).toBe(value)
      }
    })

    it('has nothing of what was never put, and the last of what was put twice', async () => {
      const cache = (await open()).of('a')
      const key = fresh('key')
      expect(await cache.get(key)).toBeUndefined()
      await cache.put(key, 'one', 60)
      await cache.put(key, 'two', 60)
      expect(await cache.get(key)).toBe('two')
    })

    it('shows nothing of another institution', async () => {
      const caches = await open()
      const key = fresh('key')
      await caches.of('a').put(key, 'mine', 60)
      expect(await caches.of('b').get(key)).toBeUndefined()
      expect(await caches.of('').get(`a/${key}`)).toBeUndefined()
    })

    it('forgets a value when its time is over', async () => {
      const cache = (await open()).of('a')
      const key = fresh('key')
      await cache.put(key, 'short', 1)
      expect(await cache.get(key)).toBe('short')
      await setTimeout(1_100)
      expect(await cache.get(key)).toBeUndefined()
    })

    it('says what became of what it was asked for', async () => {
      const caches = await open()
      const cache = caches.of('a')
      const before = { ...caches.uses }
      const key = fresh('key')
      await cache.get(key)
      await cache.put(key, 'x', 60)
      await cache.get(key)
      expect(caches.uses).toEqual({ hit: before.hit + 1, miss: before.miss + 1, failed: before.failed })
    })

    it('counts what each client asks of each limit, and begins anew when a window is over', async () => {
      const caches = await open()
      const limiter = (points: number) =>
        caches.share(new RateLimiterMemory({ keyPrefix: fresh('limit'), points, duration: 1 }))
      const [one, other] = [limiter(2), limiter(5)]
      const standing = async (limiter: RateLimiterAbstract, client: string) => {
        const { consumedPoints, remainingPoints, isFirstInDuration } = await spend(limiter, client)
        return [consumedPoints, remainingPoints, isFirstInDuration]
      }
      expect(await standing(one, 'a')).toEqual([1, 1, true])
      expect(await standing(one, 'a')).toEqual([2, 0, false])
      expect(await standing(one, 'a')).toEqual([3, 0, false])
      expect(await standing(one, 'b')).toEqual([1, 1, true])
      expect(await standing(other, 'a')).toEqual([1, 4, true])
      const { msBeforeNext } = await spend(one, 'a')
      expect(msBeforeNext).toBeGreaterThan(0)
      await setTimeout(msBeforeNext + 50)
      expect(await standing(one, 'a')).toEqual([1, 1, true])
    })
  })
}

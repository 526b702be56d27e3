import { writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Redis, startRedis } from '../../../test/services/redis.ts'
import type { Caches } from './port.ts'
import { redisCaches } from './redis.ts'
import { cacheSuite } from './suite.ts'

let redis: Redis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.remove())

const opened: Caches[] = []
afterEach(() => {
  for (const caches of opened.splice(0)) caches.end()
})

/** What was said in the log. */
let said: [level: string, message: string][] = []
const log = {
  warn: (_: unknown, message: string) => void said.push(['warn', message]),
  info: (message: string) => void said.push(['info', message]),
} as never

/** A replica's caches, and whether its service answers. */
async function open(): Promise<Caches> {
  const caches = redisCaches(redis, redis.passwordFile, log)
  opened.push(caches)
  await connected(caches)
  return caches
}
/** Waits until values can be had; it is nobody's value that is asked for. */
const connected = (caches: Caches) =>
  expect
    .poll(
      async () => {
        const { failed } = caches.uses
        await caches.of('nobody').get('nothing')
        return caches.uses.failed === failed
      },
      { timeout: 5_000, interval: 20 },
    )
    .toBe(true)

cacheSuite(open)

describe('Redis', () => {
  /** How long something took, in milliseconds. */
  async function timed<T>(work: () => Promise<T>): Promise<{ value: T; took: number }> {
    const began = performance.now()
    return { value: await work(), took: performance.now() - began }
  }
  const limitOf = (caches: Caches, keyPrefix: string, points = 3) =>
    caches.share(new RateLimiterMemory({ keyPrefix, points, duration: 60 }))

  it('shows one replica what another has put, and counts for both', async () => {
    const [one, two] = [await open(), await open()]
    await one.of('a').put('shared', '1', 60)
    expect(await two.of('a').get('shared')).toBe('1')
    await limitOf(one, 'both').consume('client')
    expect((await limitOf(two, 'both').consume('client')).consumedPoints).toBe(2)
  })

  it('killed, is done without at once, and comes back empty', async () => {
    const caches = await open()
    const cache = caches.of('a')
    await cache.put('before', '1', 60)
    const limit = limitOf(caches, 'killed')
    await limit.consume('client')
    said = []
    await redis.kill()
    for (let i = 0; i < 5; i++) {
      const { value, took } = await timed(() => cache.get('before'))
      expect(value).toBeUndefined()
      expect(took).toBeLessThan(200)
    }
    await cache.put('meanwhile', '1', 60)
    // This process counts for itself: what it has not counted yet, it begins to.
    const alone = (): Promise<RateLimiterRes> => limit.consume('client')
    expect([(await alone()).consumedPoints, (await alone()).consumedPoints, (await alone()).consumedPoints]).toEqual([
      1, 2, 3,
    ])
    await expect(alone()).rejects.toMatchObject({ consumedPoints: 4 })
    await redis.start()
    await connected(caches)
    expect(await cache.get('before')).toBeUndefined()
    expect(await cache.get('meanwhile')).toBeUndefined()
    await cache.put('after', '1', 60)
    expect(await cache.get('after')).toBe('1')
    expect((await alone()).consumedPoints).toBe(1)
    expect(said).toEqual([
      ['warn', 'the cache is gone: it is done without'],
      ['info', 'the cache is there again'],
    ])
  })

  it('standing still, holds nobody up for longer than a moment, and only the first', async () => {
    const caches = await open()
    const cache = caches.of('a')
    await cache.put('kept', '1', 60)
    await redis.freeze()
    try {
      const crowd = await timed(() => Promise.all(Array.from({ length: 500 }, () => cache.get('kept'))))
      expect(new Set(crowd.value)).toEqual(new Set([undefined]))
      expect(crowd.took).toBeGreaterThan(90)
      expect(crowd.took).toBeLessThan(400)
      for (let i = 0; i < 20; i++) {
        const { took } = await timed(() => limitOf(caches, `still${i}`).consume('client'))
        expect(took).toBeLessThan(50)
        await setTimeout(100)
      }
    } finally {
      await redis.thaw()
    }
    await connected(caches)
    expect(await cache.get('kept')).toBe('1')
  })

  it('is connected to anew when a connection is cut', async () => {
    const caches = await open()
    await caches.of('a').put('kept', '1', 60)
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await expect.poll(async () => (await caches.of('a').get('kept')) ?? 'nothing', { interval: 20 }).toBe('nothing')
    await connected(caches)
    expect(await caches.of('a').get('kept')).toBe('1')
  })

  it('is entered with the password that the file holds when a connection is made', async () => {
    const caches = await open()
    await redis.rotate('another-password')
    // Redis ends what was entered with a password that is no more.
    await connected(caches)
    await caches.of('a').put('kept', '1', 60)
    expect(await caches.of('a').get('kept')).toBe('1')

    await writeFile(redis.passwordFile, 'wrong')
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
    await setTimeout(100)
    said = []
    expect(await caches.of('a').get('kept')).toBeUndefined()
    await setTimeout(1_300)
    expect(await caches.of('a').get('kept')).toBeUndefined()
    await writeFile(redis.passwordFile, 'another-password')
    await connected(caches)
    expect(JSON.stringify(said)).not.toContain('password')
  })

  it('is not talked to where another authority has signed for it', async () => {
    const caches = redisCaches({ ...redis, ca: undefined }, redis.passwordFile, log)
    opened.push(caches)
    for (let i = 0; i < 3; i++) {
      await caches.of('a').put('kept', '1', 60)
      expect(await caches.of('a').get('kept')).toBeUndefined()
      await setTimeout(200)
    }
    expect(caches.uses).toMatchObject({ hit: 0, miss: 0, failed: 3 })
  })

  it('leaves a value out that it has no room for, and goes on', async () => {
    const caches = await open()
    await redis.command('CONFIG', 'SET', 'maxmemory', '1mb')
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    await caches.of('a').put('too-much', 'x'.repeat(100), 60)
    await redis.command('CONFIG', 'SET', 'maxmemory', '700mb')
    await connected(caches)
    expect(await caches.of('a').get('too-much')).toBeUndefined()
  })
})

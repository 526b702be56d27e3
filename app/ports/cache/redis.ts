import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Log } from '../../platform/logs.ts'
import { Link, type RedisServer } from './link.ts'
import type { Caches } from './port.ts'

/** Caches on a Redis that all processes share. It keeps as much as it has room for, and nothing over its end. */
export function redisCaches(server: RedisServer, passwordFile: string, log: Log): Caches {
  const link = new Link(server, passwordFile, log)
  const uses = { hit: 0, miss: 0, failed: 0 }
  return {
    of: (tenant) => ({
      async get(key) {
        try {
          const value = await link.ask((client) => client.get(`${tenant}/${key}`))
          uses[value === null ? 'miss' : 'hit']++
          return value ?? undefined
        } catch {
          uses.failed++
          return undefined
        }
      },
      async put(key, value, seconds) {
        await link.ask((client) => client.set(`${tenant}/${key}`, value, { EX: seconds })).catch(() => {})
      },
    }),
    share: (memory) =>
      new RateLimiterRedis({
        // All that it asks of a client.
        storeClient: {
          eval: (script: string, options: { keys: string[]; arguments: string[] }) =>
            link.ask((client) => client.eval(script, options)),
        },
        useRedisPackage: true,
        keyPrefix: memory.keyPrefix,
        points: memory.points,
        duration: memory.duration,
        insuranceLimiter: memory,
      }),
    uses,
    end: () => link.end(),
  }
}

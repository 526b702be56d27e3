import { type RateLimiterAbstract, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Caches } from '../../ports/cache/port.ts'

/** Seconds over which requests are counted. */
export const WINDOW = 60
/** Clients of which this process knows at a time: more in a minute are no readers, and would fill the memory. */
const KNOWN = 10_000

/** How a client stands with a limit after a request. */
export interface Standing {
  /** Whether the request is within the limit. */
  allowed: boolean
  /** Requests that are left. */
  remaining: number
  /** Seconds until the client may ask as much as ever. */
  seconds: number
  /** Whether it is the first request of its window. */
  first: boolean
}

/**
 * Counts what each client asks within a {@link WINDOW}, from its first request on, of all processes that share the cache.
 * While that is gone, processes count for themselves: a client that is served by several may then ask as much of each.
 */
export class Limiter {
  readonly limit: number
  readonly #counts: RateLimiterAbstract
  /** What this process counts for itself. */
  readonly #memory: RateLimiterMemory
  /** Clients in the order in which their windows end. */
  readonly #known = new Set<string>()

  /**
   * @param name tells its counts from those of other limiters
   * @param limit requests of one client in a window
   */
  constructor(name: string, limit: number, caches: Pick<Caches, 'share'>) {
    this.limit = limit
    this.#memory = new RateLimiterMemory({ keyPrefix: `limit:${name}`, points: limit, duration: WINDOW })
    this.#counts = caches.share(this.#memory)
  }

  /** Counts a request, also one too many. */
  async spend(client: string): Promise<Standing> {
    const count = await this.#counts.consume(client).catch((refused: Error | RateLimiterRes) => {
      if (refused instanceof Error) throw refused
      return refused
    })
    const { isFirstInDuration: first, consumedPoints, remainingPoints, msBeforeNext } = count
    if (first) await this.#remember(client)
    return {
      allowed: consumedPoints <= this.limit,
      remaining: remainingPoints,
      seconds: Math.ceil(msBeforeNext / 1_000),
      first,
    }
  }

  /** Forgets the client whose window ends next where there are too many. */
  async #remember(client: string) {
    this.#known.delete(client)
    this.#known.add(client)
    if (this.#known.size <= KNOWN) return
    const [next] = this.#known
    this.#known.delete(next as string)
    await this.#memory.delete(next as string)
  }
}

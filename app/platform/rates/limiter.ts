import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

/** Seconds over which requests are counted. */
export const WINDOW = 60
/** Clients of which one limiter knows at a time: more in a minute are no readers, and would fill the memory. */
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
 * Counts what each client asks within a {@link WINDOW}, from its first request on. Processes count for themselves: a
 * client that is served by several may ask as much of each.
 */
export class Limiter {
  readonly limit: number
  readonly #counts: RateLimiterMemory
  /** Clients in the order in which their windows end. */
  readonly #known = new Set<string>()

  /** @param limit requests of one client in a window */
  constructor(limit: number) {
    this.limit = limit
    this.#counts = new RateLimiterMemory({ points: limit, duration: WINDOW })
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
    await this.#counts.delete(next as string)
  }
}

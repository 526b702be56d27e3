import type { RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible'

/**
 * Values that may be lost at any time, under keys. It is bound to one institution: its keys cannot name another's values.
 * Nobody is ever told of a failure: a value that cannot be had is one that is not there.
 */
export interface Cache {
  /** The value of a key, if it is there. */
  get(key: string): Promise<string | undefined>
  /** Keeps a value for some seconds at most. */
  put(key: string, value: string, seconds: number): Promise<void>
}

/** What became of requests for values since the process began. */
export interface CacheUses {
  hit: number
  miss: number
  /** The service could not be asked, or did not answer in time: also one that was not asked for that reason. */
  failed: number
}

/** Where all institutions' caches are. */
export interface Caches {
  of(tenant: string): Cache
  /**
   * Counts for all processes that share the service what `memory` counts for this one, and leaves it to `memory` while
   * the service is gone.
   */
  share(memory: RateLimiterMemory): RateLimiterAbstract
  readonly uses: Readonly<CacheUses>
  /** Ends its connections. What is asked of it from then on is not there. */
  end(): void
}

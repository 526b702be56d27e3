import type { Readable } from 'node:stream'
import { Unavailable } from '../../platform/unavailable.ts'

/**
 * Bytes under keys. A store is already bound to one institution: its keys cannot name another's objects. Keys are
 * made by us (UUIDs), an object is written once and never changed.
 */
export interface ObjectStore {
  /** Writes an object. It is there whole, and survives a crash, when the promise is kept; otherwise it is not there. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /**
   * Opens an object, or the bytes `start` to `end` of it (both included, as in HTTP).
   *
   * @throws ObjectMissing if there is none.
   */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>
  /**
   * Where the proxy before us fetches an object by itself: an address that only the proxy knows (`X-Accel-Redirect`),
   * good for a minute. Nothing where no proxy does; whether there is such an object is not asked.
   */
  handOver(key: string): Promise<string | undefined>
  /** Removes an object; one that is not there is no error. */
  delete(key: string): Promise<void>
  /** Removes every object of the institution. */
  deleteAll(): Promise<void>
}

export class ObjectMissing extends Error {
  override name = 'ObjectMissing'
  constructor(key: string) {
    super(`there is no object ${key}`)
  }
}

/** What keeps objects cannot be reached, cannot answer now, or does not take our key. */
export class ObjectsUnavailable extends Unavailable {
  override name = 'ObjectsUnavailable'
  constructor(cause: unknown) {
    super(`objects are unavailable: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

const KEY = /^[0-9a-f-]{36}$/

/** @throws Error if a key is not one of ours: nothing else may become part of a path. */
export function mustBeKey(key: string): void {
  if (!KEY.test(key)) throw new Error('an object key must be a UUID')
}

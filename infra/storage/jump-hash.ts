import { createHash } from 'node:crypto'

/**
 * Chooses one of `count` places for a name, by jump consistent hash (Lamping and Veach, 2014, arXiv:1406.2294). The same
 * name always gets the same place, whatever other names there are. With one place more, a name keeps its place or gets
 * the new one: about one in `count` moves, which is as few as can be.
 *
 * @returns 0 to `count` - 1
 */
export function placeOf(name: string, count: number): number {
  return jump(createHash('sha256').update(name).digest().readBigUInt64BE(), count)
}

/** The algorithm itself, for a key of 64 bits. */
export function jump(key: bigint, count: number): number {
  let state = key
  let place = 0
  for (let next = 0; next < count; ) {
    place = next
    state = BigInt.asUintN(64, state * 2_862_933_555_777_941_757n + 1n)
    next = Math.floor((place + 1) * (2 ** 31 / (Number(state >> 33n) + 1)))
  }
  return place
}

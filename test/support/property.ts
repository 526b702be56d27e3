import fc, { type Parameters } from 'fast-check'

/* The one door to fast-check: a seed holds for every property, and repeats a run. */

const seed = Number(process.env.KURA_SEED ?? Math.floor(Math.random() * 2 ** 31))
fc.configureGlobal({ seed })

/** How many times as much as in a usual run. */
const times = Number(process.env.KURA_RUNS ?? 1)

/**
 * How a property over the whole application is tried: a bounded while in a usual run, longer where the environment asks
 * for it. The seed is printed before anything else, so that it is known also of a run that was broken off.
 *
 * @param runs of a usual run
 * @param seconds after which a usual run ends, also while it makes a failing case smaller
 */
export function tried(property: string, runs: number, seconds: number): Parameters<unknown> {
  console.log(`${property}: KURA_SEED=${seed} (repeats it; KURA_RUNS=20 tries twenty times as much)`)
  return { seed, numRuns: runs * times, interruptAfterTimeLimit: seconds * times * 1_000 }
}

/** Milliseconds to give the test of such a property: what is under way when its time is over has to end. */
export const timeout = (seconds: number) => (seconds * times + 60) * 1_000

export { fc }

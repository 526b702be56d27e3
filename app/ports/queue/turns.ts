import type { Log } from '../../platform/logs.ts'
import { type Counts, type Handle, LANES, type Pace } from './port.ts'

/** Seconds after a first failure; they double up to the longest. */
const FIRST_REST = 1
const LONGEST_REST = 30

/** How an institution's turns ended: nothing is left, there may be more, or the last one failed, as so many before. */
export type Ending = { left: 'nothing' | 'more' } | { left: 'failed'; failures: number }

/**
 * Institutions take turns at work of one pace, and one lane each: a large import of one keeps nobody else waiting. One
 * whose turn failed rests, and holds no lane meanwhile.
 *
 * @param settle told when an institution's turn is over, unless it waits for another already.
 */
export function createTurns(
  pace: Pace,
  handle: Handle,
  settle: (tenant: string, ending: Ending) => void,
  { counts, log }: { counts: Counts; log: Log },
) {
  const waiting = new Set<string>()
  /** Those whose turn it is, and those who rest. */
  const taken = new Set<string>()
  const resting = new Map<string, NodeJS.Timeout>()
  const failures = new Map<string, number>()
  const lanes = new Set<Promise<void>>()
  let busy = 0
  let stopped = false

  const next = () => {
    if (stopped) return undefined
    for (const tenant of waiting) {
      if (taken.has(tenant)) continue
      waiting.delete(tenant)
      taken.add(tenant)
      return tenant
    }
    return undefined
  }
  const leave = (tenant: string, ending: Ending) => {
    taken.delete(tenant)
    if (waiting.has(tenant)) fill()
    else settle(tenant, ending)
  }
  const turn = async (tenant: string) => {
    try {
      const more = await handle({ tenant, pace })
      counts.handled++
      failures.delete(tenant)
      leave(tenant, { left: more ? 'more' : 'nothing' })
    } catch (err) {
      counts.failed++
      const count = (failures.get(tenant) ?? 0) + 1
      failures.set(tenant, count)
      log.warn({ tenant, pace, failures: count, err }, 'outbox could not be worked off')
      if (stopped) return leave(tenant, { left: 'failed', failures: count })
      const rest = Math.min(LONGEST_REST, FIRST_REST * 2 ** (count - 1))
      const over = () => {
        resting.delete(tenant)
        leave(tenant, { left: 'failed', failures: count })
      }
      resting.set(tenant, setTimeout(over, rest * 1000))
    }
  }
  const lane = async () => {
    for (let tenant = next(); tenant; tenant = next()) await turn(tenant)
    busy--
  }
  const fill = () => {
    if (stopped || busy >= LANES[pace]) return
    busy++
    const running = lane().finally(() => lanes.delete(running))
    lanes.add(running)
  }
  return {
    take(tenant: string) {
      waiting.add(tenant)
      fill()
    },
    /** Begins to count an institution's failures anew. */
    forgive: (tenant: string) => void failures.delete(tenant),
    busy: () => lanes.size > 0,
    /** Kept when nobody's turn it is. Those who rest are not waited for. */
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes)
    },
    /** Begins no more turns. */
    stop() {
      stopped = true
      for (const timer of resting.values()) clearTimeout(timer)
      resting.clear()
    },
  }
}

export type Turns = ReturnType<typeof createTurns>

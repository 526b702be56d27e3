import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../platform/logs.ts'
import { type Counts, type Handle, LAST_TURNS, type Pace, type Queue, UNHURRIED } from './port.ts'
import { createTurns, type Turns } from './turns.ts'

/** Turns that may fail, one after the other, before an institution is left to the worker's round. */
const TRIES = 20

/** The queue of a process that works off itself what it sends. It is heard by nobody else, and ends with the process. */
export function memoryQueue(handle: Handle, log: Log): Queue {
  const counts: Counts = { sent: 0, unsent: 0, handled: 0, failed: 0 }
  const open = (pace: Pace): Turns => {
    const turns = createTurns(
      pace,
      handle,
      (tenant, ending) => {
        if (ending.left === 'nothing') return
        if (ending.left === 'failed' && ending.failures >= TRIES) {
          turns.forgive(tenant)
          log.error({ tenant, pace, failures: ending.failures }, 'outbox is given up until the next round')
        } else turns.take(tenant)
      },
      { counts, log },
    )
    return turns
  }
  const turns: Record<Pace, Turns> = { quick: open('quick'), scan: open('scan'), slow: open('slow') }
  const all = Object.values(turns)
  const settled = async () => {
    // Slow work leaves quick work behind.
    while (all.some((each) => each.busy())) await Promise.all(all.map((each) => each.idle()))
  }
  return {
    send({ tenant, pace }) {
      counts.sent++
      turns[pace].take(tenant)
    },
    receive() {},
    settled,
    async end() {
      for (const pace of UNHURRIED) turns[pace].stop()
      // Nobody else would take over what is waiting.
      await Promise.race([settled(), sleep(LAST_TURNS, undefined, { ref: false })])
      turns.quick.stop()
    },
    counts,
  }
}

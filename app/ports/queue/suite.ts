import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Handle, LANES, type Nudge, type Queue } from './port.ts'

/** Institutions that the suite sends nudges of. */
export const TENANTS = ['aozora', 'hoshino', 'minato', 'sakura', 'tsukuyo', 'wakaba']

/** What every queue must do: run by the test of each adapter, whose queues know {@link TENANTS} and start empty. */
export function queueSuite(open: (handle: Handle) => Promise<Queue>) {
  describe('queue', () => {
    const opened: Queue[] = []
    afterEach(async () => {
      for (const queue of opened.splice(0)) await queue.end()
    })
    const begin = async (handle: Handle) => {
      const queue = await open(handle)
      opened.push(queue)
      queue.receive()
      return queue
    }
    const quick = (tenant: string): Nudge => ({ tenant, pace: 'quick' })

    it('has what is sent handled, by institution and pace', async () => {
      const handled: Nudge[] = []
      const queue = await begin(async (nudge) => {
        handled.push(nudge)
        return false
      })
      const sent: Nudge[] = TENANTS.flatMap((tenant) => [quick(tenant), { tenant, pace: 'slow' }])
      for (const nudge of sent) queue.send(nudge)
      await expect.poll(() => handled, { timeout: 10_000 }).toHaveLength(sent.length)
      expect(handled).toEqual(expect.arrayContaining(sent))
      await expect.poll(() => queue.counts).toEqual({ sent: 12, unsent: 0, handled: 12, failed: 0 })
    })

    it('handles again what was sent while it was handled', async () => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      let turns = 0
      const queue = await begin(async () => {
        if (++turns === 1) await released
        return false
      })
      queue.send(quick('aozora'))
      await expect.poll(() => turns, { timeout: 10_000 }).toBe(1)
      queue.send(quick('aozora'))
      await sleep(200)
      // An institution has one turn at a time.
      expect(turns).toBe(1)
      release()
      await expect.poll(() => turns).toBe(2)
    })

    it('lets an institution with a thousand turns to take keep none of the others waiting', async () => {
      let left = 1_000
      const after: number[] = []
      const queue = await begin(async ({ tenant }) => {
        await sleep(2)
        if (tenant === 'aozora') return --left > 0
        after.push(1_000 - left)
        return false
      })
      queue.send(quick('aozora'))
      await expect.poll(() => left, { timeout: 10_000 }).toBeLessThan(990)
      const at = 1_000 - left
      for (const tenant of TENANTS.slice(1)) queue.send(quick(tenant))
      await expect.poll(() => after, { timeout: 10_000 }).toHaveLength(TENANTS.length - 1)
      // So many turns the large one has taken from when they were sent until they were handled.
      expect(Math.max(...after) - at).toBeLessThan(200)
      await expect.poll(() => left, { timeout: 30_000 }).toBe(0)
    })

    it('works for so many institutions at a time and no more', async () => {
      let now = 0
      let most = 0
      let turns = 0
      const queue = await begin(async () => {
        most = Math.max(most, ++now)
        await sleep(100)
        now--
        turns++
        return false
      })
      for (const tenant of TENANTS) queue.send(quick(tenant))
      await expect.poll(() => turns, { timeout: 10_000 }).toBe(TENANTS.length)
      expect(most).toBe(LANES.quick)
    })

    it('handles again what failed, while others go on', async () => {
      const turns: string[] = []
      const queue = await begin(async ({ tenant }) => {
        turns.push(tenant)
        if (tenant === 'aozora' && turns.filter((each) => each === tenant).length < 3) throw new Error('not yet')
        return false
      })
      for (const tenant of ['aozora', 'hoshino']) queue.send(quick(tenant))
      await vi.waitFor(() => expect(turns.filter((tenant) => tenant === 'aozora')).toHaveLength(3), { timeout: 15_000 })
      expect(turns.indexOf('hoshino')).toBeLessThan(turns.lastIndexOf('aozora'))
      expect(queue.counts).toMatchObject({ failed: 2, handled: 2 })
    })

    it('finishes what is in hand before it ends', async () => {
      const { promise: begun, resolve } = Promise.withResolvers<void>()
      let finished = false
      const queue = await begin(async () => {
        resolve()
        await sleep(300)
        finished = true
        return false
      })
      queue.send(quick('aozora'))
      await begun
      await queue.end()
      expect(finished).toBe(true)
    })
  })
}

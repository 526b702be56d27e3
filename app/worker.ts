import { setTimeout } from 'node:timers/promises'
import type { Scratch } from './config.ts'
import { sweepCalls, sweepUploads } from './deposit/index.ts'
import { sweepObjects } from './files/index.ts'
import { carryOutDue } from './items/index.ts'
import { eachOf } from './platform/each.ts'
import type { Log } from './platform/logs.ts'
import type { Metrics, Visited } from './platform/metrics.ts'
import type { Outbox } from './platform/outbox.ts'
import { sweepScratch } from './platform/scratch.ts'
import { waitingContents } from './scan/index.ts'
import { createRenewals } from './search/index.ts'
import type { Directory, Tenant } from './tenancy/index.ts'
import { makeGood } from './upgrade.ts'

/** Institutions looked after at a time. */
const AT_ONCE = 4

/**
 * Goes round all institutions, again and again: carries out what has come due, works off what a crash left in the
 * outbox, removes objects that no file holds, forgets calls and uploads that are long over, and clears the scratch folders. One
 * institution's failure keeps no other waiting.
 */
export function runWorker(
  directory: Directory,
  outbox: Outbox,
  { sweep, scratch }: { sweep: number; scratch: Scratch },
  { log, metrics }: { log: Log; metrics: Pick<Metrics, 'visited'> },
) {
  const stopped = new AbortController()
  const renewals = createRenewals(log)
  const rounds = (async () => {
    while (!stopped.signal.aborted) {
      await eachOf(directory.tenants, AT_ONCE, async (tenant) => {
        if (stopped.signal.aborted) return
        const state = await lookAfter(tenant, outbox, log)
        metrics.visited(tenant.id, state)
        if (state.available && !tenant.purged)
          await renewals
            .lookAfter(tenant)
            .catch((err) => log.error({ tenant: tenant.id, err }, 'search index could not be looked after'))
      })
      for (const folder of Object.values(scratch))
        await sweepScratch(folder).catch((err) => log.error({ folder, err }, 'leftovers could not be removed'))
      await setTimeout(sweep * 1000, undefined, { signal: stopped.signal }).catch(() => {})
    }
  })()
  return {
    /** Ends the round under way and begins no other. */
    async stop() {
      stopped.abort()
      await renewals.end()
      await rounds
    },
  }
}

/** One round for one institution. What fails is logged, and the next round tries again. Returns how it was left. */
export async function lookAfter(tenant: Tenant, outbox: Outbox, log: Log): Promise<Visited> {
  const attempt = (work: Promise<void>) =>
    work.catch((error) => {
      log.error({ tenant: tenant.id, err: error }, 'round failed')
    })
  // It is gone, and nobody waits for it.
  if (tenant.purged) return { available: true }
  try {
    await tenant.ready()
  } catch {
    // Logged where it was found out.
    return { available: false }
  }
  await attempt(makeGood(tenant))
  await attempt(carryOutDue(tenant, log))
  await attempt(outbox.drain(tenant))
  await attempt(sweepObjects(tenant))
  await attempt(sweepCalls(tenant))
  await attempt(sweepUploads(tenant))
  try {
    const [outboxAge, unscanned] = await Promise.all([outbox.age(tenant), waitingContents(tenant)])
    return { available: true, outboxAge, unscanned }
  } catch (error) {
    log.error({ tenant: tenant.id, err: error }, 'outbox could not be read')
    return { available: false }
  }
}

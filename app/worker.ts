import { sweepObjects } from './files/index.ts'
import { carryOutDue } from './items/index.ts'
import { eachOf } from './platform/each.ts'
import type { Log } from './platform/logs.ts'
import type { Outbox } from './platform/outbox.ts'
import type { Directory, Tenant } from './tenancy/index.ts'

/** Institutions looked after at a time. */
const AT_ONCE = 4

/**
 * Goes round all institutions, again and again: carries out what has come due, works off what a crash left in the
 * outbox, removes objects that no file holds. One institution's failure keeps no other waiting.
 */
export function runWorker(directory: Directory, outbox: Outbox, { sweep }: { sweep: number }, log: Log) {
  const stopped = new AbortController()
  const rounds = (async () => {
    while (!stopped.signal.aborted) {
      await eachOf(directory.tenants, AT_ONCE, async (tenant) => {
        if (stopped.signal.aborted) return
        await lookAfter(tenant, outbox).catch((error) => {
          log.error({ tenant: tenant.id, err: error }, 'round failed')
        })
      })
      await pause(sweep * 1000, stopped.signal)
    }
  })()
  return {
    /** Ends the round under way and begins no other. */
    async stop() {
      stopped.abort()
      await rounds
    },
  }
}

/** One round for one institution. */
export async function lookAfter(tenant: Tenant, outbox: Outbox): Promise<void> {
  await tenant.ready()
  await carryOutDue(tenant)
  await outbox.drain(tenant)
  await sweepObjects(tenant)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

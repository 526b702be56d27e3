import type { Log } from '../platform/logs.ts'
import type { Tenant } from '../tenancy/index.ts'
import { reindex } from './reindex.ts'

/**
 * Milliseconds from the start of a process in which one of the release before may still be at work, and would write
 * into a new index what it knows.
 */
const OVERLAP = 10 * 60 * 1000

/**
 * Makes indexes again that are lost, or that another release has left in another form: one after the other, in the
 * background. Readers find what the old holds until the new takes its place. Two processes at one index write it together.
 *
 * @param overlap milliseconds in which nothing is begun.
 */
export function createRenewals(log: Log, overlap = OVERLAP) {
  const started = performance.now()
  const waiting = new Set<Tenant>()
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  const renew = async (tenant: Tenant) => {
    log.warn({ tenant: tenant.id }, 'search index is lost or of another release, and is made again')
    let items = 0
    for await (const batch of reindex(tenant, 0)) {
      items += batch.items
      if (stopping.signal.aborted) return
    }
    log.info({ tenant: tenant.id, items }, 'search index is made again')
  }
  const work = async () => {
    for (const tenant of waiting) {
      if (stopping.signal.aborted) break
      await renew(tenant).catch((err) => log.error({ tenant: tenant.id, err }, 'search index could not be made again'))
      waiting.delete(tenant)
    }
    running = undefined
  }
  return {
    /** Sees to an institution's index; what takes long is begun and not waited for. */
    async lookAfter(tenant: Tenant): Promise<void> {
      const { outdated } = await tenant.search.lookAfter(new Date())
      if (!outdated || performance.now() - started < overlap) return
      waiting.add(tenant)
      running ??= work()
    },
    /** Breaks off between two batches: the next process takes it up. */
    async end(): Promise<void> {
      stopping.abort()
      await running
    },
  }
}

import { explain } from '../import/command.ts'
import type { Outcome } from '../import/send.ts'
import { PlainError } from '../plain-error.ts'
import { openProgress } from '../progress.ts'
import { findTarget } from '../target.ts'
import { harvest, type Options } from './index.ts'
import { forgetHarvest, listHarvests } from './state.ts'

interface HarvestArguments {
  tenant: string
  from: string
  set?: string
  prefix?: string
  collection: string[]
  pause: string
  overlap: string
}

/** What is missed where a repository does not say for good what it has deleted. */
const MISSED = {
  no: 'The repository does not say what it deletes (deletedRecord: no): items stay here that are gone there.',
  transient:
    'The repository says only for a while what it has deleted (deletedRecord: transient): harvest it often, or items stay here that are gone there.',
}

/**
 * `kura harvest`: shows progress and what was rejected on standard error, and closes with one line of JSON on standard
 * output. The exit code says whether all went well.
 */
export async function harvestCommand(given: HarvestArguments): Promise<void> {
  const target = findTarget(given.tenant)
  const source = { baseUrl: given.from, set: given.set, prefix: given.prefix }
  const options = {
    pause: numberOf('--pause', given.pause),
    overlap: numberOf('--overlap', given.overlap),
    collections: given.collection,
  }
  const counts: Record<Outcome['status'], number> = { imported: 0, updated: 0, unchanged: 0, withdrawn: 0, rejected: 0 }
  const began = performance.now()
  const progress = openProgress(() =>
    Object.entries(counts)
      .map(([status, count]) => `${count} ${status}`)
      .join(', '),
  )
  let complete = false
  let deletedRecord: string | undefined
  const deletions: Options['deletions'] = (kept) => {
    deletedRecord = kept
    if (kept !== 'persistent') progress.print(MISSED[kept])
  }
  try {
    for await (const outcome of harvest(target, source, { ...options, deletions, tell: progress.print })) {
      counts[outcome.status]++
      if (outcome.status === 'rejected') progress.print(explain(outcome))
      progress.show()
    }
    complete = true
  } finally {
    progress.end()
    const seconds = Math.round((performance.now() - began) / 100) / 10
    process.stdout.write(
      `${JSON.stringify({ ...counts, complete, ...(deletedRecord && { deletedRecord }), seconds })}\n`,
    )
  }
  if (counts.rejected > 0) process.exitCode = 1
}

/** `kura harvests`: a line of JSON for each harvest of an institution; or forgets one. */
export async function harvestsCommand({ tenant, forget }: { tenant: string; forget?: string }): Promise<void> {
  const target = findTarget(tenant)
  if (forget !== undefined) return await forgetHarvest(target, forget)
  for (const each of await listHarvests(target)) process.stdout.write(`${JSON.stringify(each)}\n`)
}

function numberOf(option: string, text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new PlainError(`${option} must be a number, not "${text}".`)
  return Number(text)
}

import { openProgress } from '../progress.ts'
import { findTarget } from '../target.ts'
import { importInto, type Outcome } from './index.ts'

/**
 * `kura import`: shows progress and what was rejected on standard error, and closes with one line of JSON on standard
 * output. The exit code says whether all went well, or with `check`, whether all would.
 */
export async function importCommand(
  paths: string[],
  { tenant, check }: { tenant: string; check: boolean },
): Promise<void> {
  const target = findTarget(tenant)
  // Lists of OAI-PMH alone withdraw anything.
  const counts: { [status in Outcome['status']]?: number } & { rejected: number } = {
    imported: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
  }
  const began = performance.now()
  const progress = openProgress(() =>
    Object.entries(counts)
      .map(([status, count]) => `${count} ${status}`)
      .join(', '),
  )
  try {
    for await (const outcome of importInto(target, paths, { check, tell: progress.print })) {
      counts[outcome.status] = (counts[outcome.status] ?? 0) + 1
      if (outcome.status === 'rejected') progress.print(explain(outcome))
      progress.show()
    }
  } finally {
    progress.end()
    const seconds = Math.round((performance.now() - began) / 100) / 10
    process.stdout.write(`${JSON.stringify({ ...(check && { check }), ...counts, seconds })}\n`)
  }
  if (counts.rejected > 0) process.exitCode = 1
}

/** What was rejected, and why. */
export function explain({ source, errors }: Outcome): string {
  const reasons = errors.map(({ path, message, rule }) => `  ${path}: ${message} (${rule})`)
  return [`rejected: ${source ?? 'a record without a source'}`, ...reasons].join('\n')
}

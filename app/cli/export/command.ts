import { fromCaller, shown } from '../local.ts'
import { openProgress } from '../progress.ts'
import { findTarget } from '../target.ts'
import { exportTo } from './index.ts'

/**
 * `kura export`: shows progress on standard error, and closes with one line of JSON on standard output once everything
 * is there and verified.
 */
export async function exportCommand(path: string, { tenant }: { tenant: string }): Promise<void> {
  const target = findTarget(tenant)
  const began = performance.now()
  let line = 'waiting for the institution'
  const progress = openProgress(() => line)
  try {
    const exported = await exportTo(target, fromCaller(path), (step, bytes) => {
      line = `${step} ${(bytes / 2 ** 20).toFixed(1)} MiB`
      progress.show()
    })
    line = `${exported.files} files verified in ${shown(fromCaller(path))}`
    const seconds = Math.round((performance.now() - began) / 100) / 10
    process.stdout.write(`${JSON.stringify({ ...exported, seconds })}\n`)
  } finally {
    progress.end()
  }
}

import { localFile, readLocal, shown, stateFolder } from '../local.ts'
import { PlainError } from '../plain-error.ts'
import { importInto, type Outcome, type Target } from './index.ts'

/** Milliseconds between two lines of progress where they stay (a file, a pipe), and where one replaces the other. */
const PLAIN_PACE = 10_000
const TERMINAL_PACE = 100

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

/** @throws PlainError if nothing says where to send or by what right. */
export function findTarget(tenant: string): Target {
  const { KURA_URL: url, KURA_TOKEN: token } = process.env
  if (url && token) return { url: url.replace(/\/$/, ''), token }
  if (url || token) throw new PlainError('KURA_URL and KURA_TOKEN are only of use together.')
  const file = localFile(stateFolder())
  const local = readLocal(stateFolder())
  if (!local)
    throw new PlainError(
      `There is no ${shown(file)}: start an instance with "npm start", or set KURA_URL and KURA_TOKEN for another.`,
    )
  const found = local.tenants[tenant]
  if (!found)
    throw new PlainError(
      `${shown(file)} knows no institution "${tenant}"; it knows ${Object.keys(local.tenants).join(', ')}.`,
    )
  return { url: found.url, token: found.adminToken }
}

/** What was rejected, and why. */
export function explain({ source, errors }: Outcome): string {
  const reasons = errors.map(({ path, message, rule }) => `  ${path}: ${message} (${rule})`)
  return [`rejected: ${source ?? 'a record without a source'}`, ...reasons].join('\n')
}

/** A line that rewrites itself on a terminal, and one now and then elsewhere. */
export function openProgress(line: () => string) {
  const { isTTY } = process.stderr
  const pace = isTTY ? TERMINAL_PACE : PLAIN_PACE
  const clear = isTTY ? '\r\x1b[K' : ''
  let last = performance.now()
  return {
    print(text: string) {
      process.stderr.write(`${clear}${text}\n`)
    },
    show() {
      if (performance.now() - last < pace) return
      last = performance.now()
      process.stderr.write(isTTY ? `${clear}${line()}` : `${line()}\n`)
    },
    end() {
      process.stderr.write(`${clear}${line()}\n`)
    },
  }
}

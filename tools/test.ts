import { createVitest } from 'vitest/node'
import LeaveRun from '../test/proof/leave-run.ts'
import { SUITES } from '../test/proof/left.ts'
import ClosingLine from '../test/setup/closing-line.ts'
import { watchForInterruption } from './interruption.ts'

/*
 * `npm test`: every suite that needs nothing but this project. `npm test -- app/records` runs the files whose path
 * holds that; `npm run test:conformance` runs the suite against the published schemas and records, and `npm run
 * test:services` what runs on real servers, which it installs; `npm run test:engine` and `npm run test:cluster` run the
 * definition through the real Pulumi engine and on a real Kubernetes control plane, which they build.
 */
const APART: Record<string, string[]> = {
  conformance: ['conformance'],
  services: ['services', 'pgpool', 'edge'],
  engine: ['engine'],
  cluster: ['cluster'],
}
const args = process.argv.slice(2)
const apart = APART[args[0] as string]
const [suites, filters] = apart
  ? [apart, args.slice(1)]
  : [['unit', 'definition', 'acceptance', 'start', 'browser'], args]

const proves = SUITES.some((suite) => suite === args[0])
const vitest = await createVitest('test', {
  watch: false,
  project: suites,
  reporters: ['default', new ClosingLine(), ...(proves ? [new LeaveRun()] : [])],
})
// By itself Vitest exits at once on Ctrl-C, and leaves running what its global set-ups have started.
for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal)
const { stop, hurry } = watchForInterruption()
stop.addEventListener('abort', () => {
  process.exitCode = 130
  vitest.cancelCurrentRun('keyboard-input')
})
hurry.addEventListener('abort', () => process.exit())
try {
  await vitest.start(filters)
} catch (error) {
  // Vitest has said so.
  if ((error as NodeJS.ErrnoException).code !== 'VITEST_FILES_NOT_FOUND') throw error
  process.exitCode = 1
} finally {
  await vitest.close()
}

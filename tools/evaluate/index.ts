import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { predictable, type RandomSource } from './answers.ts'
import { EvaluationError } from './error.ts'
import { type CapturedResource, type LogLine, type LookUp, listen } from './monitor.ts'
import { readProject } from './project.ts'

export type { RandomSource } from './answers.ts'
export { EvaluationError } from './error.ts'
export type { CapturedResource, LogLine, LookUp } from './monitor.ts'
export { reveal, Secret } from './secret.ts'

/** Everything that one run of the program declared. */
export interface Evaluation {
  stack: string
  /** Sorted by URN: registration has no fixed order. */
  resources: CapturedResource[]
  /** The stack's outputs. */
  outputs: Record<string, unknown>
  /** What data sources were asked, and what they answered. */
  lookUps: LookUp[]
  logs: LogLine[]
}

/** A program that has not ended after this time waits for something that never comes. */
const LIMIT_SECONDS = 600

/**
 * Runs the unmodified Pulumi program for a stack and records what it declares: without the Pulumi CLI, a cloud or a
 * cluster. The program runs in a process of its own, by Pulumi's program runner, against a recorder on the loopback
 * interface that answers as a successful deployment would.
 *
 * @param options.root folder of `Pulumi.yaml`; by default the project's.
 * @param options.settings file of the stack's settings; by default `Pulumi.<stack>.yaml` in that folder.
 * @param options.changes settings that go before those of the file, by their names below the project's.
 * @param options.preview as before the first deployment: what a provider will add is not known, and texts made from it
 *   are the engine's mark for that.
 * @param options.random yields what `@pulumi/random` would make; by default text that follows from the URN.
 * @throws EvaluationError if the program stops or reports an error, in the program's own words, or a file of settings is
 *   not as it should be.
 */
export async function evaluate(options: {
  stack: string
  root?: string
  settings?: string
  changes?: Record<string, unknown>
  random?: RandomSource
  preview?: boolean
}): Promise<Evaluation> {
  const { stack, changes = {}, random = predictable, preview = false } = options
  const root = resolve(options.root ?? join(import.meta.dirname, '../..'))
  const project = readProject(root, options.settings ?? join(root, `Pulumi.${stack}.yaml`), changes)
  const monitor = await listen({ project: project.name, stack, random, preview })
  const program = join(root, project.main)

  const child = spawn(
    process.execPath,
    [
      // Pulumi's runtime notes a stack trace with every promise, which with the usual ten lines is a third of the time.
      '--stack-trace-limit=3',
      createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run'),
      ...['--monitor', monitor.address, '--engine', monitor.address],
      ...['--project', project.name, '--stack', stack, '--organization', 'organization'],
      ...(preview ? ['--dry-run'] : []),
      // As the engine does, a program file is run from its own folder.
      ...['--parallel', '16', '--pwd', dirname(program), basename(program)],
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Nothing else of this environment, so that the same files always declare the same.
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PULUMI_NODEJS_TYPESCRIPT: 'false',
        PULUMI_CONFIG: JSON.stringify(project.config),
        PULUMI_CONFIG_SECRET_KEYS: '[]',
      },
    },
  )
  const kill = () => child.kill('SIGKILL')
  let late = false
  const timer = setTimeout(() => {
    late = true
    kill()
  }, LIMIT_SECONDS * 1000)
  process.once('exit', kill)
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })

  try {
    const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((settle, reject) =>
      child.once('error', reject).once('close', (code, signal) => settle({ code, signal })),
    )
    if (late) throw new EvaluationError(`the program did not end within ${LIMIT_SECONDS} s`)
    const { resources, lookUps, logs } = monitor.recording
    const errors = logs.filter(({ severity }) => severity === 'error').map(({ message }) => message.trim())
    if (code !== 0 || errors.length > 0)
      throw new EvaluationError(errors.join('\n') || printed.trim() || `the program ended with ${signal ?? code}`)
    const captured = [...resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1))
    const outputs = captured.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs ?? {}
    return { stack, resources: captured, outputs, lookUps, logs }
  } finally {
    clearTimeout(timer)
    process.off('exit', kill)
    kill()
    monitor.close()
  }
}

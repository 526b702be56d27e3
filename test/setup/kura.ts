import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Local, readLocal, root } from '../../app/cli/local.ts'
import { freePort } from '../../tools/ports.ts'

/** Milliseconds for a start on a slow machine. */
const PATIENCE = 120_000

/** An instance that `npm start` runs. */
export interface Kura {
  port: number
  state: string
  local: Local
  /** What it has printed. */
  output(): string
  /** Resolves when it has printed `text`. */
  printed(text: string): Promise<void>
  /** Sends SIGTERM to the process that was started, and gives its exit code when it has ended. */
  end(): Promise<number | null>
  /** Sends its whole process group what a terminal sends on Ctrl-C, and gives its exit code when it has ended. */
  interrupt(): Promise<number | null>
  /** Its exit code when it has ended. */
  ended: Promise<number | null>
}

/** What a run that ended by itself printed, and its exit code. */
export interface Refusal {
  code: number | null
  output: string
}

/** Runs what `npm start` runs until everything is up; rejects with its output if it ends before. */
export async function startKura(state: string, env: Record<string, string> = {}): Promise<Kura> {
  const port = Number(env.PORT ?? (await freePort('127.0.0.1')))
  const run = launch({ PORT: String(port), KURA_STATE: state, ...env })
  await Promise.race([
    run.printed('Ctrl-C ends everything'),
    run.ended.then((code) => {
      throw new Error(`npm start ended with code ${code}:\n${run.output()}`)
    }),
  ])
  const local = readLocal(state)
  if (!local) throw new Error(`${join(state, 'local.json')} was not written`)
  return {
    port,
    state,
    local,
    output: run.output,
    printed: run.printed,
    ended: run.ended,
    end() {
      run.kill()
      return run.ended
    },
    interrupt() {
      process.kill(-run.group, 'SIGINT')
      return run.ended
    },
  }
}

/** Runs what `npm start` runs, in this clone or another, where it is expected to refuse. */
export async function refusedStart(env: Record<string, string>, clone = root): Promise<Refusal> {
  const run = launch(env, clone)
  const code = await run.ended
  return { code, output: run.output() }
}

function launch(env: Record<string, string>, clone = root) {
  // In a group of its own, so that a test can send it what a terminal sends on Ctrl-C.
  const child = spawn('node', ['tools/run.mjs', 'tools/start/start.ts'], {
    cwd: clone,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const { pid } = child
  if (pid === undefined) throw new Error('node could not be started')
  // A test run that is broken off must not leave it behind.
  process.once('exit', () => child.kill())
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    group: pid,
    kill: () => child.kill(),
    ended,
    output: () => output,
    async printed(text: string) {
      const limit = AbortSignal.timeout(PATIENCE)
      while (!output.includes(text)) {
        await once(child.stdout, 'data', { signal: limit }).catch((cause) => {
          throw new Error(`"${text}" was not printed within ${PATIENCE / 1000} s, but:\n${output}`, { cause })
        })
      }
    },
  }
}

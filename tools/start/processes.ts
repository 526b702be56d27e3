import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { root, shown } from '../../app/cli/local.ts'
import { PlainError } from '../../app/cli/plain-error.ts'
import { aborted } from '../interruption.ts'

/** Milliseconds that a process gets to end what it has under way. */
const DRAIN = 10_000
/** Lines of a log that are shown when a process ended unexpectedly. */
const LAST_WORDS = 8

/** A program as a container declares it. */
export interface Program {
  command: string[]
  env: Record<string, string>
}

export interface Ending {
  /** Exit code; none if a signal ended it, or if it could not be started. */
  code: number | null
  /** How it ended, in words. */
  how: string
}

/** A program that runs. */
export interface Process {
  ended: Promise<Ending>
  /** Asks it to end and waits until it has: not longer than it may drain, nor than until `hurry`. */
  stop(hurry: AbortSignal): Promise<void>
}

/** Starts a declared program in the project's folder; it ends with us. Its output is added to the file `log`. */
export function launch({ command, env }: Program, log: string): Process {
  const [program = '', ...args] = command
  const output = openSync(log, 'a', 0o600)
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env: { ...machineEnvironment(), ...env, NODE_OPTIONS: `--import=${leash}` },
    stdio: ['ignore', output, output, 'ipc'],
    // In a group of its own: Ctrl-C reaches us alone, and we end the processes in order.
    detached: true,
  })
  closeSync(output)
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', ({ message }) => resolve({ code: null, how: message }))
    child.once('exit', (code, signal) => resolve({ code, how: signal ?? `code ${code}` }))
  })
  return {
    ended,
    async stop(hurry) {
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(DRAIN, undefined, { ref: false }), aborted(hurry)])
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What a shell must be told to run the same program by hand. */
export function asCommand({ command, env }: Program): string {
  const quoted = (text: string) => (/^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
  const words = command.map((word) => (word === 'node' ? 'node_modules/.bin/node' : word))
  return [...Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`), ...words.map(quoted)].join(' ')
}

/** An error that shows how a program's log ends. */
export function failure(sentence: string, log: string): PlainError {
  // Of a crash what was thrown matters here, not where.
  const said = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
  const lines = said.slice(-LAST_WORDS).map(readable)
  return new PlainError(`${sentence}. The end of ${shown(log)}:\n${lines.map((line) => `  ${line}`).join('\n')}`)
}

const leash = pathToFileURL(`${import.meta.dirname}/leash.ts`)

/** Of our environment, what a container has as well. */
function machineEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** A line of the application's JSON log as a sentence; any other line as it is. */
function readable(line: string): string {
  try {
    const { level, msg, err } = JSON.parse(line)
    return `${level}: ${[msg, err?.message].filter(Boolean).join(': ')}`
  } catch {
    return line
  }
}

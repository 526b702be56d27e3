import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type Confinement, confinement, seal } from './confinement.ts'

/** What a confined program may use. */
export interface Limits {
  /** Seconds until it is killed. */
  seconds: number
  /** Seconds of a processor, all its threads together. */
  processor: number
  /** Bytes of memory. */
  memory: number
  /** Characters of output that are kept; it is killed when it writes more. */
  characters: number
}

/** How a confined program ended. */
export interface Ended {
  output: string
  /** Whether it had more to say than was kept. */
  cut: boolean
  /** Its exit code; nothing if it was killed, or ended by a limit of its own. */
  code: number | null
  /** In words, if it was killed. */
  killed?: string
  /** The last line that it wrote to standard error. */
  complaint: string
}

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url))
/** Characters of standard error that are kept, from its end. */
const COMPLAINT = 10_000

const running = new Set<number>()
process.once('exit', () => running.forEach(killGroup))

/**
 * Runs a program of ours that reads what anybody may have made, with `input` as its standard input. It gets no
 * environment, and so no credentials; it may read its own folder and our packages, and write nothing, start nothing,
 * and, where the kernel can forbid it, reach nothing over the network. Once it has said that it is about to begin
 * (reader/seal.ts), it can open nothing at all.
 *
 * @throws what `stop` is aborted with, when it is; the program is killed.
 */
export async function runConfined(
  program: URL,
  args: string[],
  { input, limits, stop }: { input: FileHandle; limits: Limits; stop?: AbortSignal },
): Promise<Ended> {
  stop?.throwIfAborted()
  const path = fileURLToPath(program)
  const allowed = await confinement()
  const [command, ...words] = commandLine(allowed, limits, path, args)
  const child = spawn(command as string, words, {
    env: {},
    cwd: '/',
    stdio: [input.fd, 'pipe', 'pipe', 'pipe'],
    // A process group of its own, to be killed whole.
    detached: true,
  })
  const { pid } = child
  if (pid === undefined) throw await once(child, 'error').then(([error]) => error)
  running.add(pid)
  let killed: string | undefined
  const kill = (why: string) => {
    killed ??= why
    killGroup(pid)
  }
  const timer = setTimeout(() => kill(`took longer than ${limits.seconds} s`), limits.seconds * 1000)
  const onStop = () => kill('was stopped')
  stop?.addEventListener('abort', onStop)

  const word = child.stdio[3] as Duplex
  // It has loaded what it needs. What it opens from here on would be for the file that it reads.
  word.once('data', () => {
    const sealed = allowed.seals ? seal(pid) : Promise.resolve()
    sealed.then(
      () => word.end('\n'),
      () => kill('could not be sealed'),
    )
  })
  // It may end before it is answered.
  word.on('error', () => {})

  const pieces: string[] = []
  let length = 0
  let complaint = ''
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    const room = limits.characters - length
    if (piece.length > room) kill(`wrote more than ${limits.characters} characters`)
    if (room > 0) pieces.push(piece.slice(0, room))
    length += piece.length
  })
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    complaint = (complaint + piece).slice(-COMPLAINT)
  })
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    stop?.throwIfAborted()
    const cut = length > limits.characters
    if (signal !== null) killed ??= reasonOf(signal, complaint, limits)
    return {
      output: pieces.join(''),
      cut,
      code,
      ...(killed !== undefined && !cut && { killed }),
      complaint: complaint.trimEnd().split('\n').at(-1) ?? '',
    }
  } finally {
    clearTimeout(timer)
    stop?.removeEventListener('abort', onStop)
    running.delete(pid)
  }
}

function reasonOf(signal: string, complaint: string, { processor, memory }: Limits): string {
  if (signal === 'SIGXCPU') return `used a processor for more than ${processor} s`
  return /out of memory|Allocation failed|bad_alloc/.test(complaint)
    ? `needed more than ${Math.floor(memory / 2 ** 20)} MiB of memory`
    : `was ended by ${signal}`
}

function commandLine(
  { reserved, memory: counted, without }: Confinement,
  { processor, memory }: Limits,
  program: string,
  args: string[],
) {
  const kilobytes = Math.ceil((memory + reserved) / 1024)
  const script = [
    // Where memory runs out, this process goes before all others of the container.
    'echo 1000 >/proc/self/oom_score_adj',
    ...(counted ? [`ulimit -d ${kilobytes}`] : []),
    `ulimit -S -t ${processor}`,
    // Whoever does not heed the first signal gets another.
    `ulimit -H -t ${processor + 5}`,
    'ulimit -c 0',
    'ulimit -f 0',
  ].map((each) => `{ ${each}; } 2>/dev/null`)
  return [
    '/bin/sh',
    '-c',
    `${script.join('; ')}; exec "$@"`,
    'sh',
    // Requests come first.
    'nice',
    ...without,
    process.execPath,
    // Below the limit of the operating system, so that the collector begins to work in time.
    `--max-old-space-size=${Math.floor((memory * 0.75) / 2 ** 20)}`,
    '--permission',
    `--allow-fs-read=${join(dirname(program), '/')}`,
    `--allow-fs-read=${modules}`,
    '--disable-warning=SecurityWarning',
    program,
    ...args,
  ]
}

function killGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

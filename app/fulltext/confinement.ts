import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What this system lets us take away from a process. */
export interface Confinement {
  /** Words before a command that run it without a network; none where the kernel does not let us. */
  without: string[]
  /** Whether a process can be kept from opening anything more. */
  seals: boolean
  /** Bytes that Node.js reserves at its start and does not use, and the kernel counts as memory (RLIMIT_DATA). */
  reserved: number
  /** Whether the kernel counts memory so that it can be limited; otherwise Node.js alone keeps to the limit. */
  memory: boolean
}

const run = promisify(execFile)
/** Milliseconds for a trial. */
const PATIENCE = 10_000
const WITHOUT_NETWORK = ['unshare', '--user', '--net', '--']

let tried: Promise<Confinement> | undefined

/** Tries once what this system allows. */
export function confinement(): Promise<Confinement> {
  tried ??= attempt()
  return tried
}

async function attempt(): Promise<Confinement> {
  const [without, status] = await Promise.all([withoutNetwork(), ownStatus()])
  const size = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024
  return {
    without,
    seals: await canSeal(without),
    reserved: Math.max(0, size('VmData') - size('RssAnon')),
    memory: status !== '',
  }
}

/**
 * Keeps a process from opening anything more, file or connection, whatever it closes before: the kernel gives out no
 * descriptor beyond the limit (getrlimit(2), RLIMIT_NOFILE).
 */
export const seal = (pid: number) =>
  run('prlimit', ['--pid', String(pid), '--nofile=0:0'], { env: {}, timeout: PATIENCE })

/** Tried on a process that has come to where a reader would be. */
async function canSeal(without: string[]): Promise<boolean> {
  const script = '"$@" & sleep 0.2; prlimit --pid $! --nofile=0:0; ended=$?; kill -9 $!; exit $ended'
  return await run('/bin/sh', ['-c', script, 'sh', ...without, 'sleep', '5'], { env: {}, timeout: PATIENCE }).then(
    () => true,
    () => false,
  )
}

/** A user namespace gives an unprivileged process a network namespace with nothing in it; containers often forbid it. */
async function withoutNetwork(): Promise<string[]> {
  try {
    const [command = '', ...words] = WITHOUT_NETWORK
    await run(command, [...words, process.execPath, '--version'], { env: {}, timeout: PATIENCE })
    return WITHOUT_NETWORK
  } catch {
    return []
  }
}

/** What Linux says of a Node.js process that does nothing (proc_pid_status(5)); nothing elsewhere. */
async function ownStatus(): Promise<string> {
  if (process.platform !== 'linux') return ''
  const script = "process.stdout.write(fs.readFileSync('/proc/self/status', 'utf8'))"
  return (await run(process.execPath, ['-e', script], { env: {}, timeout: PATIENCE })).stdout
}

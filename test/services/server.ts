import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How a real server is run, in the foreground. */
export interface Program {
  command: string
  args: string[]
  env?: Record<string, string>
  /** Folder of its data, in which it runs; what it says goes to `server.log` there. */
  folder: string
  /** Who it runs as, where it refuses to be root. */
  user?: string
  /** Whether it serves: asked again until it does. A failure is a no. */
  isReady: () => Promise<boolean>
  /** Milliseconds that it may take to begin serving. */
  patience?: number
  /** What it gets when its starter is gone: one that has processes of its own must be asked, to end these. */
  afterUs?: 'KILL' | 'TERM'
}

/** A real server that tests start and end. */
export interface Server {
  /** Ends it as a crash does, and is done when it is gone. */
  kill(): Promise<void>
  /** Starts it over the same data, and is done when it serves. */
  start(): Promise<void>
  /** Ends it as it should be ended. */
  stop(): Promise<void>
  /** Its process, as this machine numbers it. */
  pid(): number
}

/** Runs a server; done when it serves. It ends with whoever started it, however that ends. */
export async function runServer(program: Program): Promise<Server> {
  const { command, args, env, folder, user, isReady, patience = 60_000, afterUs = 'KILL' } = program
  const log = join(folder, 'server.log')
  let child: ChildProcess | undefined

  const start = async () => {
    const output = await open(log, 'a')
    try {
      const as = user ? [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'] : []
      child = spawn('setpriv', [`--pdeathsig=${afterUs}`, ...as, command, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', ...env },
        stdio: ['ignore', output.fd, output.fd],
      })
      await once(child, 'spawn')
    } finally {
      await output.close()
    }
    const end = Date.now() + patience
    while (!(await isReady().catch(() => false))) {
      const code = child.exitCode ?? child.signalCode
      if (code !== null) throw new Error(`${command} ended with ${code}: ${await tail(log)}`)
      if (Date.now() > end) throw new Error(`${command} does not serve: ${await tail(log)}`)
      await sleep(50)
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
  await start()
  return { start, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), pid: () => child?.pid as number }
}

const tail = async (log: string) => (await readFile(log, 'utf8')).slice(-2_000)

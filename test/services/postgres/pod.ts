import { readdir, readFile, readlink } from 'node:fs/promises'
import { type Program, runServer, type Server } from '../server.ts'

/** A server whose processes live and die together, as those of a pod do. */
export interface Pod extends Server {
  /** Sends a signal to those of its processes whose command line fits: all, if nothing is said. */
  signal(name: NodeJS.Signals, command?: RegExp): Promise<void>
}

/** Runs a program as `postgres` and in a namespace of its own: what it starts ends with it. */
export async function runPod({ command, args, ...program }: Omit<Program, 'user'>): Promise<Pod> {
  const apart = ['--pid', '--fork', '--mount-proc']
  // Whoever becomes another user must ask anew to end with its parent.
  const user = ['setpriv', '--pdeathsig=KILL', '--reuid=postgres', '--regid=postgres', '--clear-groups']
  const server = await runServer({ ...program, command: 'unshare', args: [...apart, ...user, command, ...args] })
  return {
    ...server,
    async signal(name, command = /^/) {
      const namespace = await readlink(`/proc/${server.pid()}/ns/pid_for_children`)
      for (const id of await readdir('/proc')) {
        if (!/^\d+$/.test(id)) continue
        // What has ended meanwhile has no more to say.
        const [own, line] = await Promise.all([
          readlink(`/proc/${id}/ns/pid`).catch(() => ''),
          readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''),
        ])
        if (own === namespace && command.test(line.replaceAll('\0', ' '))) process.kill(Number(id), name)
      }
    },
  }
}

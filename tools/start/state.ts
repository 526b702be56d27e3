import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { localFile, shown } from '../../app/cli/local.ts'
import { PlainError } from '../../app/cli/plain-error.ts'
import { release, take } from '../lock.mjs'

/** The folder in which one instance keeps everything, while it runs and for the next time. */
export interface State {
  folder: string
  /** What `@pulumi/random` would have made in a cloud. */
  secrets: string
  /** Address and tokens, for tools to find. */
  local: string
  /** Which examples are loaded. */
  examples: string
  /** Institutions' files. */
  objects: string
  /** What can be lost: what passes through. */
  scratch: string
  postgres: string
  /** Logs of this run. */
  logs: string
  /** What the declared containers mount; written anew for each run. */
  run: string
  /** Leaves the folder to another instance. */
  release(): void
}

/** @throws PlainError if it cannot be written to, or another instance uses it. */
export function openState(folder: string): State {
  if (folder.includes(':')) throw new PlainError(`KURA_STATE cannot be ${folder}: its path must not hold a colon.`)
  const lock = join(folder, 'start.lock')
  try {
    // PostgreSQL runs as another user where Kura runs as root, and has to pass.
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o711)
    const holder = take(lock)
    if (holder !== undefined)
      throw new PlainError(
        `Kura already runs here, as process ${holder}. For a second one choose another port and folder: ` +
          'PORT=8081 KURA_STATE=.kura/second npm start',
      )
    const [run, logs, objects, scratch] = ['run', 'logs', 'objects', 'scratch'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ]
    for (const fresh of [run, logs, scratch]) rmSync(fresh, { recursive: true, force: true })
    for (const own of [run, logs, objects, scratch]) mkdirSync(own, { recursive: true, mode: 0o700 })
    return {
      folder,
      secrets: join(folder, 'secrets.json'),
      local: localFile(folder),
      examples: join(folder, 'examples.json'),
      objects,
      scratch,
      postgres: join(folder, 'postgres'),
      logs,
      run,
      release: () => release(lock),
    }
  } catch (error) {
    if (error instanceof PlainError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new PlainError(
      `Kura keeps its data in ${shown(folder)}, which cannot be written to (${code}): choose another folder with KURA_STATE.`,
    )
  }
}

/** Writes a file that is nobody else's business. It is there whole, or as it was. */
export function writePrivate(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

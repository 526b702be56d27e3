import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'

/**
 * Takes something for this process alone: a file that holds its id. One that a killed process left is taken over.
 * Plain JavaScript, because what installs the packages needs it before there is anything to run TypeScript with.
 *
 * @param {string} file in a folder that exists.
 * @returns {number | undefined} the id of the process that has it already; nothing if it is ours now, until
 * {@link release}.
 */
export function take(file) {
  // Linked when it is whole, so that nobody reads a file without an id.
  const own = `${file}.${process.pid}`
  writeFileSync(own, `${process.pid}\n`)
  try {
    for (;;) {
      try {
        linkSync(own, file)
        return undefined
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
      }
      const holder = holderOf(file)
      if (holder !== undefined) return holder
      rmSync(file, { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
}

/** @param {string} file that {@link take} made ours. */
export function release(file) {
  rmSync(file, { force: true })
}

/** @param {string} file */
function holderOf(file) {
  const pid = Number.parseInt(readIfThere(file), 10)
  if (Number.isNaN(pid) || pid === process.pid || !isAlive(pid)) return undefined
  // After a restart of the machine its id may belong to any program.
  const started = Date.now() - uptime() * 1_000
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > started ? pid : undefined
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return ''
    throw error
  }
}

/**
 * Whether a process runs, ours or another's.
 *
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

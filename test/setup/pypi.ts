import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../app/cli/local.ts'

const CACHE = join(root, 'node_modules/.cache')
const run = promisify(execFile)

/**
 * Installs what PyPI has, once: in an environment of its own, made beside its place and then put there, so that what is
 * there is whole. It has been moved, so its scripts in Python do not know their interpreter: `bin/python -m` does.
 *
 * @param requirements path of a file that names each package, and all that it needs, with its version; also what builds
 * those that are not built yet.
 * @param python what it runs with: somebody else may not be let into where the first one of the path is.
 * @returns the environment's folder.
 * @throws Error if there is no Python 3, or PyPI cannot be reached.
 */
export async function fromPyPI(requirements: string, python = 'python3'): Promise<string> {
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .update(python)
  const place = join(CACHE, `pypi-${wanted.digest('hex').slice(0, 16)}`)
  // It leads to the interpreter, which may have gone.
  const isThere = () => existsSync(join(place, 'bin/python'))
  if (isThere()) return place
  await mkdir(CACHE, { recursive: true })
  const made = await mkdtemp(join(CACHE, 'pypi-'))
  try {
    // It is for whoever runs it, which may be a user that only servers are.
    await chmod(made, 0o755)
    await run(python, ['-m', 'venv', made])
    const pip = ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements]
    await run(join(made, 'bin/pip'), pip, { env: { ...process.env, PIP_CONSTRAINT: requirements } })
    if (!isThere()) await rm(place, { recursive: true, force: true })
    await rename(made, place)
  } catch (cause) {
    // Somebody else was faster.
    if (!isThere()) throw new Error(`${requirements} could not be installed from PyPI.`, { cause })
  } finally {
    await rm(made, { recursive: true, force: true })
  }
  return place
}

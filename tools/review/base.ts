import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** What keeps this tool from its work: no verdict on what it looks at. */
export class ReviewError extends Error {
  override name = 'ReviewError'
}

/** A commit's files, in a folder of their own until this process ends. */
export interface Base {
  /** As it was given, and the commit that it is. */
  ref: string
  commit: string
  /** The project's folder in it. */
  root: string
  /** Where a file or folder of ours is in the base; undefined where the base has none, or it is none of the project's. */
  find(path: string): string | undefined
  /** A text about its files that still says which they are when the folder is gone: `main:Pulumi.prod.yaml`. */
  told(text: string): string
  /** Packages of Pulumi that have another version there than here, a clause each. */
  packages: string[]
}

/**
 * Checks a commit out beside the working tree, which stays as it is, and so does git's index.
 *
 * @param root the project's folder
 * @throws ReviewError if there is no such commit, or it has no definition.
 */
export function checkOut(root: string, ref: string): Base {
  const git = (args: string[], env: Record<string, string> = {}) => {
    try {
      return execFileSync('git', args, {
        cwd: root,
        env: { ...process.env, ...env },
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim()
    } catch (error) {
      const { signal, stderr = '' } = error as { signal?: string; stderr?: string }
      throw new ReviewError(signal ? 'broken off' : `git ${args[0]}: ${stderr.trim() || (error as Error).message}`)
    }
  }
  const [top, commit] = commitOf(git, ref)

  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'kura-base-'))
  // Also if something throws, or somebody breaks it off.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const index = { GIT_INDEX_FILE: join(folder, '.index') }
  git(['read-tree', commit], index)
  // It writes from the top of the repository, wherever the project is in it.
  git(['-C', top, 'checkout-index', '--all', `--prefix=${folder}/`], index)

  const project = join(folder, relative(top, realpathSync(root)))
  for (const needed of ['Pulumi.yaml', 'infra'])
    if (!existsSync(join(project, needed)))
      throw new ReviewError(`the base ${ref} has no ${needed}, so there is nothing to compare with: leave out --base`)
  rmSync(join(project, 'node_modules'), { recursive: true, force: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  return {
    ref,
    commit,
    root: project,
    find(path) {
      const inside = relative(root, path)
      const there = join(project, inside)
      return inside.startsWith('..') || !existsSync(there) ? undefined : there
    },
    told: (text) =>
      [`file://${project}/`, `${project}/`, project].reduce((told, there) => told.replaceAll(there, `${ref}:`), text),
    packages: differingPackages(project, root),
  }
}

/** The folder of the repository, and the commit that is meant. */
function commitOf(git: (args: string[]) => string, ref: string): [top: string, commit: string] {
  const tried = (args: string[]) => {
    try {
      return git(args)
    } catch {
      // What is asked for is not there.
      return undefined
    }
  }
  const top = tried(['rev-parse', '--show-toplevel'])
  if (top === undefined) throw new ReviewError('--base needs git and a clone: this folder is none')
  const commit = tried(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  if (commit !== undefined) return [top, commit]
  const shallow = tried(['rev-parse', '--is-shallow-repository']) === 'true'
  throw new ReviewError(
    `there is no commit ${ref}${shallow ? ' in this clone, which is shallow: git fetch --unshallow' : ''}`,
  )
}

/** Both sides run with today's packages: what a base was made for may have been others. */
function differingPackages(base: string, root: string): string[] {
  const versions = (folder: string): Record<string, { version?: string }> => {
    const lock = join(folder, 'package-lock.json')
    return existsSync(lock) ? (JSON.parse(readFileSync(lock, 'utf8')).packages ?? {}) : {}
  }
  const [then, now] = [versions(base), versions(root)]
  return Object.entries(now)
    .filter(([path]) => /^node_modules\/@pulumi\/[^/]+$/.test(path))
    .map(([path, { version }]) => ({ name: path.replace('node_modules/', ''), version, was: then[path]?.version }))
    .filter(({ version, was }) => was !== version)
    .map(({ name, version, was }) => `${name} ${version} (the base has ${was ?? 'none'})`)
}

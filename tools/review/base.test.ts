import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkOut } from './base.ts'

let folder: string
let repository: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-repository-'))
  repository = join(folder, 'repository')
  mkdirSync(repository)
  // A base stays until its process ends, which is not this test's to do.
  vi.stubEnv('TMPDIR', folder)
  git('init', '--quiet', '--initial-branch', 'main')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function git(...args: string[]): string {
  const author = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@invalid']
  return execFileSync('git', [...author, ...args], { cwd: repository, encoding: 'utf8', stdio: 'pipe' }).trim()
}

function write(path: string, text: string): void {
  mkdirSync(join(repository, path, '..'), { recursive: true })
  writeFileSync(join(repository, path), text)
}

/** Commits files of a project in a folder of the repository. */
function commit(folder: string, version: string): string {
  write(join(folder, 'Pulumi.yaml'), 'name: sample\n')
  write(join(folder, 'infra/index.ts'), `export const version = '${version}'\n`)
  write(join(folder, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/@pulumi/oci': { version } } }))
  git('add', '--all')
  git('commit', '--quiet', '--message', version)
  return git('rev-parse', 'HEAD')
}

test('a base has the files of its commit, beside a working tree and an index that stay as they are', () => {
  const first = commit('', '1.0.0')
  commit('', '2.0.0')
  write('infra/index.ts', 'changed')
  write('infra/new.ts', 'new')
  git('add', 'infra/new.ts')
  const before = git('status', '--porcelain')
  const base = checkOut(repository, 'HEAD~1')
  expect(base.commit).toBe(first)
  expect(readFileSync(join(base.root, 'infra/index.ts'), 'utf8')).toContain('1.0.0')
  expect(base.find(join(repository, 'infra/index.ts'))).toBe(join(base.root, 'infra/index.ts'))
  expect(base.find(join(repository, 'infra/new.ts'))).toBeUndefined()
  expect(base.find('/somewhere/else')).toBeUndefined()
  expect(base.told(`${base.root}/infra/tenants/a.yaml:4 and what is in ${base.root}`)).toBe(
    'HEAD~1:infra/tenants/a.yaml:4 and what is in HEAD~1:',
  )
  expect(base.packages).toEqual(['@pulumi/oci 2.0.0 (the base has 1.0.0)'])
  expect(git('status', '--porcelain')).toBe(before)
})

test('the project may be in a folder of the repository', () => {
  commit('parts/platform', '1.0.0')
  const base = checkOut(join(repository, 'parts/platform'), 'main')
  expect(readFileSync(join(base.root, 'infra/index.ts'), 'utf8')).toContain('1.0.0')
  expect(base.packages).toEqual([])
})

test('what there is not is said in a sentence', () => {
  commit('', '1.0.0')
  expect(() => checkOut(repository, 'nowhere')).toThrow(/^there is no commit nowhere$/)
  expect(() => checkOut(repository, '--help')).toThrow(/^there is no commit --help$/)
  git('rm', '--quiet', '-r', 'infra')
  git('commit', '--quiet', '--message', 'without')
  expect(() => checkOut(repository, 'HEAD')).toThrow('the base HEAD has no infra')
})

test('a clone that is shallow, and a folder that is none, are told as such', () => {
  commit('', '1.0.0')
  commit('', '2.0.0')
  const shallow = mkdtempSync(join(tmpdir(), 'kura-shallow-'))
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repository}`, shallow], { stdio: 'pipe' })
  expect(() => checkOut(shallow, 'HEAD~1')).toThrow('in this clone, which is shallow')
  rmSync(join(shallow, '.git'), { recursive: true })
  expect(() => checkOut(shallow, 'HEAD')).toThrow('--base needs git and a clone')
})

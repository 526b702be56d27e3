import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../app/cli/local.ts'
import { temporaryFolder } from '../setup/folder.ts'

/* `npm run review` from end to end: a clone with real git, whose working tree is changed. */

let folder: string
let clone: string
/** Where the command keeps what is temporary. */
let temporary: string
let remove: () => Promise<void>

beforeAll(async () => {
  const made = await temporaryFolder()
  folder = made.folder
  remove = made.remove
  clone = join(folder, 'clone')
  temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  git('init', '--quiet', '--initial-branch', 'main', clone)
  commit('Begin', ['README.md', 'package.json'])
  commit('Declare', [
    'app',
    'infra',
    'policies',
    'tools',
    '.gitignore',
    'Pulumi.yaml',
    'Pulumi.dev.yaml',
    'package-lock.json',
  ])
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
})
afterAll(() => remove())
beforeEach(() => git('reset', '--quiet', '--hard'))
afterEach(() => expect(readdirSync(temporary).filter((name) => name.startsWith('kura-base'))).toEqual([]))

function git(...args: string[]): void {
  const author = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@invalid']
  const at = args[0] === 'init' ? [] : ['-C', clone]
  execFileSync('git', [...at, ...author, ...args], { stdio: 'pipe' })
}

function commit(message: string, files: string[]): void {
  for (const file of files) cpSync(join(root, file), join(clone, file), { recursive: true })
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

/** Changes a file of the working tree. */
function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(clone, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
  writeFileSync(join(clone, file), text.replace(from, to))
}

function start(...args: string[]) {
  const child = spawn('node', ['tools/run.mjs', 'tools/review/index.ts', ...args], {
    cwd: clone,
    env: { ...process.env, TMPDIR: temporary, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const kill = () => child.kill()
  process.once('exit', kill)
  const output = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.err += text
  })
  const ended = once(child, 'close').then(([code]) => {
    process.off('exit', kill)
    return { code: code as number | null, ...output }
  })
  return { ended, interrupt: () => process.kill(-(child.pid as number), 'SIGINT') }
}

const review = (...args: string[]) => start(...args).ended

describe('npm run review', () => {
  it('refuses another name of the buckets first and loud, also in Markdown', async () => {
    edit('infra/storage/index.ts', 'name: this.#unique(bucket)', "name: this.#unique(bucket) + '-new'")
    const { code, out, err } = await review('dev', '--base', 'main', '--markdown', 'report.md')
    expect(err).toContain('Written: report.md')
    const [title, , , heading, first] = out.split('\n')
    expect(title).toMatch(/^dev against [0-9a-f]{8} \(main\): REFUSED$/)
    expect(heading).toContain('what holds data, its keys or the way to it')
    expect(first).toMatch(/- REPLACED kura-storage-contents, .*\(Bucket\): name has changed; it is protected/)
    expect(out).toMatch(/\n +- urn:pulumi:dev::kura::kura:cloud:Storage\$.*::kura-storage-contents\n/)
    expect(out).toMatch(/Exit code 1: \d replacements of what holds data/)
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('- REPLACED kura-storage-contents, ')
    expect(code).toBe(1)
  })

  it('refuses to delete the namespaces of cells that the program calls otherwise, unless it is meant', async () => {
    edit('infra/repositories/cell.ts', "this.named('namespace')", "this.named('space')")
    const { code, out } = await review('dev', '--base', 'main', '--json')
    const { base, against } = JSON.parse(out)
    expect(against).toEqual([expect.stringMatching(/^\d removals of what holds data/)])
    expect(code).toBe(1)
    const entries = base.harm.map(({ urn, change, because }: Record<string, string>) => {
      expect(`${because}`).toContain('one object in the cluster, which is deleted: give it an alias')
      const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
      return { resource: urn, change, reason: 'nobody has come yet', until }
    })
    writeFileSync(join(clone, 'policies/changes.json'), JSON.stringify(entries))
    const accepted = await review('dev', '--base', 'main')
    expect(accepted.out).toMatch(/- accepted: removed kura-cell-.*-namespace.*nobody has come yet/)
    expect(accepted.code).toBe(0)
  })

  it('passes an institution more, which git does not know yet', async () => {
    const tenant = readFileSync(join(clone, 'infra/tenants/dev/aozora.yaml'), 'utf8')
    writeFileSync(join(clone, 'infra/tenants/dev/shiokaze.yaml'), tenant.replaceAll('aozora', 'shiokaze'))
    const { code, out } = await review('dev', '--base', 'main')
    expect(out).toMatch(/Resources: 1 added, \d+ changed, 1 replaced, 0 removed\./)
    expect(out).toContain('+  RandomPassword kura-passwords-shiokaze')
    expect(out).toMatch(/institutions +3 +4 +\+1/)
    expect(out).not.toContain('what holds data')
    expect(out).toMatch(/Exit code 0: nothing speaks against it\.\n+$/)
    expect(code).toBe(0)
    git('clean', '--quiet', '--force', '-d', 'infra')
  })

  it('refuses a broken rule, without a base too', async () => {
    edit('infra/storage/index.ts', "accessType: 'NoPublicAccess'", "accessType: 'ObjectRead'")
    const { code, out } = await review('dev', '--json')
    const { verdict, base, against } = JSON.parse(out)
    expect(base).toBeUndefined()
    expect(verdict.findings).toContainEqual(
      expect.objectContaining({ rule: 'bucket-not-public', state: 'broken', level: 'mandatory', isNew: false }),
    )
    expect(against.join()).toContain('mandatory violation')
    expect(code).toBe(1)
  })

  it('says in a sentence with what it cannot compare, and exits with another code', async () => {
    expect(await review('dev', '--base', 'nowhere')).toMatchObject({ code: 2, err: 'there is no commit nowhere\n' })
    const { code, err } = await review('dev', '--base', 'main~1')
    expect(err).toBe('the base main~1 has no Pulumi.yaml, so there is nothing to compare with: leave out --base\n')
    expect(code).toBe(2)
    expect((await review('dev', '--bas')).code).toBe(2)
  })

  it('tells a definition that stops from a base that does', async () => {
    const broken = () => edit('Pulumi.dev.yaml', 'kura:region: ', 'kura:region: no-')
    broken()
    const { code, err } = await review('dev')
    expect(err).toMatch(/^Pulumi\.dev\.yaml.*region/)
    expect(code).toBe(1)
    git('commit', '--quiet', '--all', '--message', 'Break')
    git('revert', '--no-commit', 'HEAD')
    expect(await review('dev', '--base', 'HEAD')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^the base HEAD cannot be evaluated: .*region/),
    })
    git('reset', '--quiet', '--hard', 'HEAD~1')
  })

  it('leaves nothing behind when it is broken off', async () => {
    const { ended, interrupt } = start('dev', '--base', 'main')
    // Its last step before both sides are evaluated.
    while (globSync(join(temporary, 'kura-base-*/node_modules')).length === 0) await sleep(20)
    interrupt()
    expect((await ended).code).toBe(130)
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../test/setup/folder.ts'

/** A project as a fresh clone, with an `npm` that installs its one package at once and counts how often it is asked. */
let folder: string
let remove: () => Promise<void>

const LOCK = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version: '1', optional: true } },
  })

const NPM = `#!/bin/sh
echo "$@" >> npm-calls
sleep 0.3
mkdir -p node_modules/.bin
ln -sf "$REAL_NODE" node_modules/.bin/node
cp package-lock.json node_modules/.package-lock.json
`

beforeEach(async () => {
  const temporary = await temporaryFolder()
  folder = temporary.folder
  remove = temporary.remove
  for (const path of ['tools', 'app/platform', 'path']) await mkdir(join(folder, path), { recursive: true })
  for (const file of ['run.mjs', 'lock.mjs'])
    await copyFile(join(import.meta.dirname, file), join(folder, 'tools', file))
  await writeFile(join(folder, 'app/platform/tsx.ts'), '')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'package-lock.json'), LOCK('1.0.0'))
  await writeFile(join(folder, 'path/npm'), NPM)
  await chmod(join(folder, 'path/npm'), 0o755)
  await symlink(process.execPath, join(folder, 'path/node'))
})
afterEach(() => remove())

async function script(source: string) {
  await writeFile(join(folder, 'script.ts'), source)
}

function run(args: string[], cwd = folder) {
  const env = { PATH: `${join(folder, 'path')}:/usr/bin:/bin`, REAL_NODE: process.execPath }
  const child = spawn(process.execPath, [join(folder, 'tools/run.mjs'), 'script.ts', ...args], { cwd, env })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [code]]) => ({ stdout, stderr, code: code as number }),
  )
  return { child, ended }
}

const npmCalls = async () => (await readFile(join(folder, 'npm-calls'), 'utf8')).trim().split('\n')

describe('installing', () => {
  beforeEach(() => script('console.log("ran" as string)'))

  it('happens in a fresh clone, on standard error, and then the script runs', async () => {
    const { stdout, stderr, code } = await run([]).ended
    expect({ stdout, code }).toEqual({ stdout: 'ran\n', code: 0 })
    expect(stderr).toContain('Installing the packages of Kura')
    expect(await npmCalls()).toEqual([expect.stringMatching(/^ci /)])
  })

  it('happens once', async () => {
    await run([]).ended
    expect((await run([]).ended).stderr).toBe('')
    expect(await npmCalls()).toHaveLength(1)
  })

  it('happens again when another version is asked for', async () => {
    await run([]).ended
    await writeFile(join(folder, 'package-lock.json'), LOCK('1.0.1'))
    await run([]).ended
    expect(await npmCalls()).toHaveLength(2)
  })

  it('happens again when it was broken off, which leaves no record of npm', async () => {
    await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
    await symlink(process.execPath, join(folder, 'node_modules/.bin/node'))
    await run([]).ended
    expect(await npmCalls()).toHaveLength(1)
  })

  it('is done by one of several that start at once', async () => {
    const runs = await Promise.all([run([]).ended, run([]).ended, run([]).ended])
    expect(runs.map(({ stdout }) => stdout)).toEqual(['ran\n', 'ran\n', 'ran\n'])
    expect(await npmCalls()).toHaveLength(1)
  })

  it('that fails ends with one sentence, and can be tried again', async () => {
    await writeFile(join(folder, 'path/npm'), '#!/bin/sh\necho "no network" >&2\nexit 7\n')
    const { stdout, stderr, code } = await run([]).ended
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 })
    expect(stderr).toContain('no network\n')
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      "Kura's packages could not be installed: npm ended with 7, its own words are above.",
    )
    await writeFile(join(folder, 'path/npm'), NPM)
    expect((await run([]).ended).code).toBe(0)
  })

  it('that cannot write to the folder says so in one sentence', async () => {
    await writeFile(join(folder, '.kura'), 'a file where a folder must be made')
    const { stderr, code } = await run([]).ended
    expect(stderr).toMatch(/^Kura's packages are not installed, and its folder .* cannot be written to \(EEXIST\)\.\n$/)
    expect(code).toBe(1)
  })
})

describe('running', () => {
  it('hands arguments over as they are, and the exit code back', async () => {
    await script('console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3')
    const args = ['two words', '', '"quoted"', '--option=$HOME', '*']
    const { stdout, code } = await run(args).ended
    expect(JSON.parse(stdout)).toEqual(args)
    expect(code).toBe(3)
  })

  it('runs in the clone, and tells from where it was called', async () => {
    await script('console.log(process.cwd(), process.env.INIT_CWD)')
    const { stdout } = await run([], dirname(folder)).ended
    expect(stdout).toBe(`${folder} ${dirname(folder)}\n`)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on, and waits for the script to end', async (signal) => {
    await script(`
      process.on('${signal}', () => setTimeout(() => { console.log('ended in order'); process.exit(5) }, 100))
      setInterval(() => {}, 1_000)
      console.log('up')
    `)
    const { child, ended } = run([])
    await once(child.stdout, 'data')
    child.kill(signal)
    expect(await ended).toMatchObject({ stdout: 'up\nended in order\n', code: 5 })
  })

  it('ends as a shell would when a signal ended the script', async () => {
    await script("process.kill(process.pid, 'SIGKILL')")
    expect((await run([]).ended).code).toBe(128 + 9)
  })
})

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tsx-'))
})
afterAll(() => rm(folder, { recursive: true }))

const load = (module: URL, script: string) =>
  run(
    process.execPath,
    [
      '--enable-source-maps',
      '--import',
      './app/platform/tsx.ts',
      '--input-type=module',
      '-e',
      `import * as view from ${JSON.stringify(module.href)}; ${script}`,
    ],
    { cwd: root },
  )

test('Node loads a view with JSX and types, and escapes what it is given', async () => {
  const { stdout } = await load(
    new URL('../pages/parts.tsx', import.meta.url),
    'console.log(String(view.WebLink({ href: "https://a.example/?b&c", children: "<b>" })))',
  )
  expect(stdout.trim()).toBe('<a href="https://a.example/?b&amp;c">&lt;b&gt;</a>')
})

test('an error in a view names the line of its source', async () => {
  const file = join(folder, 'broken.tsx')
  await writeFile(
    file,
    'interface Unused {\n  gone: string\n}\n\nexport const fail = () => {\n  throw new Error("here")\n}\n',
  )
  const { stdout } = await load(pathToFileURL(file), 'try { view.fail() } catch (error) { console.log(error.stack) }')
  expect(stdout).toMatch(/broken\.tsx:6:\d+/)
})

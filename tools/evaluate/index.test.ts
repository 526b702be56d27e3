import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvaluationError, evaluate, reveal, Secret } from './index.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kura-program-'))
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(root, 'Pulumi.yaml'),
    'name: sample\nmain: program.ts\nruntime: { name: nodejs, options: { typescript: false } }\n',
  )
  writeFileSync(join(root, 'Pulumi.dev.yaml'), 'config:\n  sample:greeting: hello\n  sample:sizes: { web: 3 }\n')
})
afterEach(() => rmSync(root, { recursive: true }))

/** Evaluates a program of these lines. */
function run(...lines: string[]) {
  writeFileSync(join(root, 'program.ts'), ["import * as pulumi from '@pulumi/pulumi'", ...lines].join('\n'))
  return evaluate({ stack: 'dev', root })
}

test('resources are captured with their parents, inputs and options, and the stack with its outputs', async () => {
  const { resources, outputs } = await run(
    "class Part extends pulumi.ComponentResource { constructor() { super('sample:index:Part', 'part') } }",
    'const parent = new Part()',
    "const first = new pulumi.CustomResource('sample:index:Thing', 'part-first', { size: 1 }, { parent })",
    "new pulumi.CustomResource('sample:index:Thing', 'part-second', { first: first.id },",
    "  { parent, dependsOn: first, protect: true, retainOnDelete: true, ignoreChanges: ['size'],",
    "    replaceOnChanges: ['first'], aliases: [{ name: 'part-old' }] })",
    "const config = new pulumi.Config('sample')",
    "export const greeting = config.require('greeting')",
    "export const sizes = config.requireObject('sizes')",
  )
  const part = 'urn:pulumi:dev::sample::sample:index:Part::part'
  const first = 'urn:pulumi:dev::sample::sample:index:Part$sample:index:Thing::part-first'
  expect(resources).toMatchObject([
    { name: 'sample-dev', type: 'pulumi:pulumi:Stack', parent: '' },
    { urn: first, parent: part, custom: true, inputs: { size: 1 }, protect: false },
    {
      name: 'part-second',
      inputs: { first: expect.stringMatching(/^[0-9a-f]{16}$/) },
      dependencies: [first],
      protect: true,
      retainOnDelete: true,
      ignoreChanges: ['size'],
      replaceOnChanges: ['first'],
      aliases: ['urn:pulumi:dev::sample::sample:index:Part$sample:index:Thing::part-old'],
    },
    { urn: part, custom: false },
  ])
  expect(outputs).toEqual({ greeting: 'hello', sizes: { web: 3 } })
})

test('a secret stays marked through everything that is made from it, and shows itself nowhere', async () => {
  const { resources } = await run(
    "import { RandomPassword } from '@pulumi/random'",
    "const { result } = new RandomPassword('password', { length: 24 })",
    "new pulumi.CustomResource('sample:index:Thing', 'thing', { url: pulumi.concat('user:', result, '@host') })",
  )
  const find = (name: string) => resources.find((resource) => resource.name === name)
  const password = reveal(find('password')?.outputs.result) as string
  expect(password).toMatch(/^\w{24}$/)
  expect(find('thing')?.inputs.url).toBeInstanceOf(Secret)
  expect(reveal(find('thing')?.inputs)).toMatchObject({ url: `user:${password}@host` })
  expect(JSON.stringify(resources)).not.toContain(password)
  expect(String(find('thing')?.inputs.url)).toBe('[secret]')
})

test('random values come from the given source, by URN and length', async () => {
  writeFileSync(
    join(root, 'program.ts'),
    "import { RandomPassword } from '@pulumi/random'\nexport const made = new RandomPassword('password', { length: 9 }).result\n",
  )
  const { outputs } = await evaluate({
    stack: 'dev',
    root,
    random: (urn, length) => `${urn.split('::').at(-1)} ${length}`,
  })
  expect(reveal(outputs)).toEqual({ made: 'password 9' })
})

test('a program that stops is refused in its own words, without a stack trace', async () => {
  await expect(run("throw new pulumi.RunError('settings.yaml: size must be small')")).rejects.toThrow(
    /^settings\.yaml: size must be small$/,
  )
})

test('a program that breaks, or reports an error and goes on, is refused', async () => {
  await expect(run("throw new Error('broken')")).rejects.toThrow(/broken/)
  await expect(run("pulumi.log.error('not good')")).rejects.toThrow('not good')
})

test('a name that is used twice is refused', async () => {
  const thing = "new pulumi.CustomResource('sample:index:Thing', 'same', {})"
  await expect(run(thing, thing)).rejects.toThrow(
    "Duplicate resource URN 'urn:pulumi:dev::sample::sample:index:Thing::same'",
  )
})

test('a data source without a known answer is refused', async () => {
  await expect(run("await pulumi.runtime.invoke('sample:index:getThing', {})")).rejects.toThrow(
    'no answer is known for the data source sample:index:getThing',
  )
})

test('a program that uses transforms is refused rather than recorded without them', async () => {
  await expect(run('pulumi.runtime.registerStackTransform(() => undefined)')).rejects.toThrow(/transforms/)
})

test('a warning is kept', async () => {
  const { logs } = await run("pulumi.log.warn('mind the gap')")
  expect(logs).toMatchObject([{ severity: 'warning', message: 'mind the gap' }])
})

test('a project whose settings are not there is refused by the name of the file', async () => {
  await expect(evaluate({ stack: 'none', root })).rejects.toThrow('Pulumi.none.yaml is missing')
})

test('settings that are no YAML are refused by file and place, without what they say', async () => {
  writeFileSync(join(root, 'Pulumi.dev.yaml'), 'config:\n  sample:token: [hush\n  sample:greeting: hello\n')
  const refused = await evaluate({ stack: 'dev', root }).catch((error) => error)
  expect(refused).toBeInstanceOf(EvaluationError)
  expect(refused.message).toMatch(/^Pulumi\.dev\.yaml:3:3: [^\n]+$/)
  expect(refused.message).not.toContain('hush')
})

test('settings of another shape are refused by file and key', async () => {
  writeFileSync(join(root, 'Pulumi.dev.yaml'), 'config: hello\n')
  await expect(evaluate({ stack: 'dev', root })).rejects.toThrow(EvaluationError)
  await expect(evaluate({ stack: 'dev', root })).rejects.toThrow(/^Pulumi\.dev\.yaml: .*\n.*config/)
})

test('another file of settings can be tried, and single settings besides', async () => {
  const lines = ["const config = new pulumi.Config('sample')", "export const greeting = config.require('greeting')"]
  await run(...lines, "export const sizes = config.requireObject('sizes')")
  const settings = join(root, 'other.yaml')
  writeFileSync(settings, 'config:\n  sample:greeting: good evening\n  sample:sizes: { web: 9 }\n')
  const { outputs } = await evaluate({ stack: 'other', root, settings, changes: { sizes: { web: 4 } } })
  expect(outputs).toEqual({ greeting: 'good evening', sizes: { web: 4 } })
})

test('the program ends when the process that evaluates it does', async () => {
  const pid = join(root, 'pid')
  writeFileSync(
    join(root, 'program.ts'),
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(pid)}, String(process.pid))\nsetInterval(() => {}, 1000)\n`,
  )
  const script = join(root, 'evaluate.ts')
  writeFileSync(
    script,
    `import { existsSync } from 'node:fs'
import { evaluate } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
void evaluate({ stack: 'dev', root: ${JSON.stringify(root)} })
setInterval(() => existsSync(${JSON.stringify(pid)}) && process.exit(0), 50)
`,
  )
  await new Promise((settle) => spawn(process.execPath, [script], { stdio: 'ignore' }).once('close', settle))
  expect(existsSync(pid)).toBe(true)
  const program = Number(readFileSync(pid, 'utf8'))
  await expect.poll(() => runs(program), { timeout: 5000 }).toBe(false)
})

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

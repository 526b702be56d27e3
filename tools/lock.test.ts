import { spawnSync } from 'node:child_process'
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../test/setup/folder.ts'
import { release, take } from './lock.mjs'

let file: string
let remove: () => Promise<void>

beforeEach(async () => {
  const temporary = await temporaryFolder()
  file = join(temporary.folder, 'lock')
  remove = temporary.remove
})
afterEach(() => remove())

/** Has another process take the lock; it has ended when this returns. */
const takenByAnother = () => {
  const program = `import { take } from ${JSON.stringify(join(import.meta.dirname, 'lock.mjs'))}; console.log(take(${JSON.stringify(file)}))`
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout.trim()
}

it('keeps others out until it is released', () => {
  expect(take(file)).toBeUndefined()
  expect(takenByAnother()).toBe(String(process.pid))
  release(file)
  expect(takenByAnother()).toBe('undefined')
})

it('is taken over from a process that has ended', () => {
  expect(takenByAnother()).toBe('undefined')
  expect(take(file)).toBeUndefined()
  expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n`)
})

it('is taken over when the machine was restarted since, whatever has the process id now', () => {
  writeFileSync(file, `${process.ppid}\n`)
  expect(take(file)).toBe(process.ppid)
  const before = Date.now() / 1_000 - uptime() - 60
  utimesSync(file, before, before)
  expect(take(file)).toBeUndefined()
})

it('is taken over if it names nobody', () => {
  writeFileSync(file, 'nonsense')
  expect(take(file)).toBeUndefined()
})

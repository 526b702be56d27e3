import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/setup/folder.ts'
import { keptSecrets } from './secrets.ts'

let file: string
let remove: () => Promise<void>

beforeEach(async () => {
  const temporary = await temporaryFolder()
  file = join(temporary.folder, 'secrets.json')
  remove = temporary.remove
})
afterEach(() => remove())

it('gives the same value for a URN at every start, and different ones for different URNs', () => {
  const first = keptSecrets(file)
  const [a, b] = [first('urn:a', 32), first('urn:b', 32)]
  expect(a).not.toBe(b)
  const second = keptSecrets(file)
  expect([second('urn:a', 32), second('urn:b', 32)]).toEqual([a, b])
})

it('makes letters and digits of the asked length, and another value when the length changes', () => {
  const random = keptSecrets(file)
  for (const length of [1, 20, 128]) expect(random('urn:a', length)).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`))
})

it('keeps them in a file that nobody else can read', async () => {
  keptSecrets(file)('urn:a', 32)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CONFIGURATION } from '../packs/index.ts'
import { type Base, ReviewError } from './base.ts'
import { readAccepted, readPolicies, requireStack } from './files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const POLICIES = join(CONFIGURATION, '..')
/** A base whose policies are in the folder. */
const base: Base = {
  ...{ ref: 'main', commit: '0123456789abcdef', root: '', told: (text) => text, packages: [] },
  find: (path) => {
    const there = join(folder, relative(POLICIES, path))
    return existsSync(there) ? there : undefined
  },
}

test('a stack that there is not is told with those that there are', () => {
  for (const stack of ['prod', 'dev']) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), '')
  const named = (stack: string) => ({ stack, settings: join(folder, `Pulumi.${stack}.yaml`) })
  requireStack(named('prod'))
  expect(() => requireStack(named('nosuch'))).toThrow(
    new ReviewError('there is no stack nosuch: Pulumi.nosuch.yaml is missing; there are dev, prod'),
  )
})

test('accepted changes that are no JSON, or lack a reason, are told with the name of the file', () => {
  const file = join(folder, 'changes.json')
  const refused = (text: string) => {
    writeFileSync(file, text)
    try {
      return readAccepted(file)
    } catch (error) {
      return error
    }
  }
  expect(refused('[]')).toMatchObject({ all: [] })
  for (const text of ['[{', '[{ "resource": "a", "change": "remove", "until": "2027-01-31" }]']) {
    expect(refused(text)).toBeInstanceOf(ReviewError)
    expect((refused(text) as Error).message).toMatch(/^policies\/changes\.json: \S/)
  }
  expect((refused('[{ "resource": "a", "change": "remove", "until": "2027-01-31" }]') as Error).message).toContain(
    'reason',
  )
})

test('a base says how its packs were configured, and which rules they had', () => {
  cpSync(CONFIGURATION, join(folder, 'config'), { recursive: true })
  mkdirSync(join(folder, 'oci/storage'), { recursive: true })
  for (const file of [
    'PulumiPolicy.yaml',
    'pack.ts',
    'storage/index.ts',
    'storage/former.ts',
    'storage/former.test.ts',
  ])
    writeFileSync(join(folder, 'oci', file), '')
  writeFileSync(join(folder, 'config/oci.json'), '{ "former": "disabled" }')
  const { configuration, ruleNames } = readPolicies(base)
  expect(ruleNames).toEqual({ oci: ['former'] })
  expect(configuration?.oci).toEqual({ former: 'disabled' })
  writeFileSync(join(folder, 'config/oci.json'), '{ former')
  expect(() => readPolicies(base)).toThrow(/^the base main cannot be evaluated: policies\/config\/oci\.json: /)
  rmSync(join(folder, 'config'), { recursive: true })
  expect(readPolicies(base)).not.toHaveProperty('configuration')
})

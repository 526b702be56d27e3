import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PACKS } from '../../policies/packs.ts'
import type { Rule } from '../../policies/rule/index.ts'
import { type CapturedResource, evaluate } from '../../tools/evaluate/index.ts'
import { type Finding, openPacks, type Packs } from '../../tools/packs/index.ts'
import { Mutant } from './mutant.ts'
import { MUTATIONS } from './mutations/index.ts'
import { evaluateStacks, STACKS } from './stacks.ts'

const FOLDER = join(import.meta.dirname, '../../policies')

let packs: Packs
beforeAll(async () => {
  packs = await openPacks()
})
afterAll(() => packs?.close())

describe.each(Object.keys(PACKS))('the pack %s', (pack) => {
  const rules = PACKS[pack] as Rule[]

  it('serves every file of its subjects as a rule of that name, each with its tests', () => {
    const files = globSync(`${pack}/*/*.ts`, { cwd: FOLDER })
      .map((file) => basename(file, '.ts'))
      .filter((name) => name !== 'index')
    const [tested, untested] = [
      files.filter((name) => name.endsWith('.test')),
      files.filter((name) => !name.endsWith('.test')),
    ]
    expect(rules.map(({ about }) => about.name).toSorted()).toEqual(untested.toSorted())
    expect(tested.map((name) => basename(name, '.test')).toSorted()).toEqual(untested.toSorted())
    expect(packs.rules[pack]?.toSorted()).toEqual(untested.toSorted())
  })

  it('has a mutation for every rule, and for no other', () => {
    expect(Object.keys(MUTATIONS[pack] ?? {}).toSorted()).toEqual(rules.map(({ about }) => about.name).toSorted())
  })
})

describe.each(STACKS)('the stack %s', (stack) => {
  it('breaks no rule, and every rule can judge it', async () => {
    const { resources } = (await evaluateStacks())[stack]
    const found = await packs.judge(resources)
    expect(
      found.filter(({ state }) => state !== 'excepted').map(({ rule, sentence }) => `${rule}: ${sentence}`),
    ).toEqual([])
  })
})

describe('a first preview, when nobody knows yet what Oracle Cloud will answer', () => {
  it('breaks no rule; what cannot be judged then is advice where the configuration says so', async () => {
    const { resources } = await evaluate({ stack: 'prod', preview: true })
    const found = await packs.judge(resources)
    expect(found.filter(({ state }) => state === 'broken').map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([])
    const unjudged = found.filter(({ state }) => state === 'unjudged')
    expect(unjudged.filter(({ level }) => level === 'mandatory').map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([])
  })
})

describe('the smallest change of production that breaks', () => {
  let resources: CapturedResource[]
  let before: Set<string>
  beforeAll(async () => {
    resources = (await evaluateStacks()).prod.resources
    before = new Set((await packs.judge(resources)).map(keyOf))
  })

  for (const [pack, mutations] of Object.entries(MUTATIONS))
    it.each(Object.keys(mutations))(`${pack}/%s makes that rule speak, and no unrelated one`, async (name) => {
      const mutation = mutations[name] as (typeof mutations)[string]
      const { by, also } = typeof mutation === 'function' ? { by: mutation, also: [] } : mutation
      const mutant = new Mutant(resources)
      by(mutant)
      const found = (await packs.judge(mutant.resources, mutant.changed)).filter((one) => !before.has(keyOf(one)))
      const spoken = new Set(found.map(({ pack, rule }) => `${pack}/${rule}`))
      expect([...spoken].toSorted(), found.map(({ sentence }) => sentence).join('\n')).toEqual(
        [`${pack}/${name}`, ...also].toSorted(),
      )
      expect(found.map(({ state }) => state)).not.toContain('unjudged')
    })
})

/** What makes a finding the same as another one. */
function keyOf({ pack, rule, urn, sentence }: Finding): string {
  return JSON.stringify([pack, rule, urn, sentence])
}

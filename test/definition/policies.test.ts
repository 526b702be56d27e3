import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PACKS } from '../../policies/packs.ts'
import type { Rule } from '../../policies/rule/index.ts'
import { UNJUDGED } from '../../policies/rule/tell.ts'
import { type CapturedResource, evaluate } from '../../tools/evaluate/index.ts'
import { openPacks, type Packs } from '../../tools/packs/index.ts'
import { judgedHere } from './judged-here.ts'
import { Mutant, type Mutation } from './mutant.ts'
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
    expect(packs.policies[pack]?.map(({ name }) => name).toSorted()).toEqual(untested.toSorted())
  })

  it('names the packages that it runs with, in the versions of the project', () => {
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
    const { peerDependencies } = read(join(FOLDER, pack, 'package.json'))
    const { devDependencies } = read(join(FOLDER, '../package.json'))
    expect(devDependencies).toMatchObject(peerDependencies)
    const imported = globSync(`${pack}/**/*.ts`, { cwd: FOLDER })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [
        ...readFileSync(join(FOLDER, file), 'utf8').matchAll(/^import (?!type).* from '(@pulumi\/[a-z]+)/gm),
      ])
    for (const [, name = ''] of imported)
      if (name !== '@pulumi/pulumi') expect(Object.keys(peerDependencies)).toContain(name)
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
    expect(found.filter(({ state }) => state === 'broken').map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual(
      [],
    )
    const unjudged = found.filter(({ state }) => state === 'unjudged')
    expect(
      unjudged.filter(({ level }) => level === 'mandatory').map(({ rule, sentence }) => `${rule}: ${sentence}`),
    ).toEqual([])
  })
})

describe('the smallest change of production that breaks', () => {
  let resources: CapturedResource[]
  let before: Set<string>
  beforeAll(async () => {
    resources = (await evaluateStacks()).prod.resources
    before = new Set((await judgedHere(resources, resources)).map((said) => JSON.stringify(said)))
  })

  for (const [pack, mutations] of Object.entries(MUTATIONS))
    it.each(Object.keys(mutations))(`${pack}/%s makes that rule speak, and no unrelated one`, async (name) => {
      const mutation = mutations[name] as Mutation
      const { by, also } = typeof mutation === 'function' ? { by: mutation, also: [] } : mutation
      const mutant = new Mutant(resources)
      by(mutant)
      const said = await judgedHere(mutant.resources, mutant.changed)
      const found = said.filter((one) => !before.has(JSON.stringify(one)))
      const sentences = found.map(({ sentence }) => sentence)
      expect([...new Set(found.map(({ rule }) => rule))].toSorted(), sentences.join('\n')).toEqual(
        [`${pack}/${name}`, ...also].toSorted(),
      )
      expect(sentences.filter((sentence) => sentence.includes(UNJUDGED))).toEqual([])
    })
})

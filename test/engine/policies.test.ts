import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONFIGURATION, packNames } from '../../tools/packs/index.ts'
import { measured } from '../proof/measured.ts'
import { cloudHalf } from './cloud-half.ts'
import type { Engine, Outcome } from './engine.ts'
import { done, type Platform, startPlatform } from './platform.ts'

const STACK = 'prod'

/** Arguments by which the engine asks the project's packs, as docs/policies.md has them. */
const PACKS = packNames().flatMap((name) => [
  ...['--policy-pack', join(import.meta.dirname, '../../policies', name)],
  ...['--policy-pack-config', join(CONFIGURATION, `${name}.json`)],
])

let platform: Platform
let engine: Engine
beforeAll(async () => {
  platform = await startPlatform({ stack: STACK })
  engine = platform.engine
})
afterAll(() => platform?.[Symbol.asyncDispose]())

const mandatory = ({ policies }: Outcome) => policies.filter(({ level }) => level === 'mandatory')
/** By Pulumi's own words for a rule that met what is not known, after which it passes: delivery/environment.sh stops there. */
const passedOver = ({ output }: Outcome) => output.includes("can't run policy")

test('a rule that reads what nobody knows yet is passed over by the engine, which says so in the words that stop the pipeline', async () => {
  const careless = join(import.meta.dirname, 'careless-pack')
  const preview = await done(engine.preview('--policy-pack', careless, ...cloudHalf(STACK)))
  expect(mandatory(preview)).toEqual([])
  expect(passedOver(preview)).toBe(true)
})

test('before anything is there, rules that need what nobody knows yet say so, and stop the preview', async () => {
  const preview = await engine.preview(...PACKS)
  expect(preview.code).not.toBe(0)
  expect(mandatory(preview).length).toBeGreaterThan(0)
  for (const { message } of mandatory(preview)) expect(message).toContain('Could not be judged')
  expect(passedOver(preview)).toBe(false)
})

test('once the cloud half is there, the three packs find nothing in all of production that is mandatory', async () => {
  expect(await engine.up(...cloudHalf(STACK))).toMatchObject({ code: 0 })
  const preview = await engine.preview(...PACKS)
  expect(mandatory(preview)).toEqual([])
  expect(preview.failed).toEqual([])
  expect(preview, preview.output.slice(-3000)).toMatchObject({ code: 0 })
  expect(passedOver(preview)).toBe(false)
  measured('preview of prod with the three policy packs', {
    seconds: Math.round(preview.seconds),
    'to be made': preview.changes.length,
  })
})

test('a bucket that anybody may read stops preview and up, and nothing is made or changed', async () => {
  const before = { state: await engine.state(), cloud: engine.cloud.all() }
  await engine.program('test/engine/open-bucket.ts')
  // With its preview, as operators give it.
  for (const stopped of [await engine.preview(...PACKS), await engine.up('--skip-preview=false', ...PACKS)]) {
    expect(stopped.code).not.toBe(0)
    expect(mandatory(stopped)).toMatchObject([
      { rule: 'bucket-not-public', urn: expect.stringContaining('kura-storage-contents') },
    ])
  }
  expect({ state: await engine.state(), cloud: engine.cloud.all() }).toEqual(before)
})

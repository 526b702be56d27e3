import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONFIGURATION, packNames } from '../../tools/packs/index.ts'
import { Api } from '../cluster/api.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { addDefinitions } from '../cluster/definitions.ts'
import { measured } from '../proof/measured.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { cloudHalf } from './cloud-half.ts'
import { type Engine, type Outcome, startEngine } from './engine.ts'

const STACK = 'prod'

/** Arguments by which the engine asks the project's packs, as docs/policies.md has them. */
const PACKS = packNames().flatMap((name) => [
  ...['--policy-pack', join(import.meta.dirname, '../../policies', name)],
  ...['--policy-pack-config', join(CONFIGURATION, `${name}.json`)],
])

let place: Awaited<ReturnType<typeof temporaryFolder>>
let plane: ControlPlane
let engine: Engine
beforeAll(async () => {
  place = await temporaryFolder()
  plane = await startControlPlane(place.folder)
  const api = new Api(plane.config)
  await addDefinitions(api)
  await api.close()
  engine = await startEngine({
    folder: join(place.folder, 'engine'),
    stack: STACK,
    changes: { operators: 'existing' },
    kubeconfig: plane.kubeconfig,
  })
})
afterAll(async () => {
  await engine?.stop()
  await plane?.stop()
  await place?.remove()
})

const mandatory = ({ policies }: Outcome) => policies.filter(({ level }) => level === 'mandatory')
/** Of Pulumi's own words for a rule that met what is not known, after which it passes. */
const passedOver = ({ output }: Outcome) => output.includes("can't run policy")

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

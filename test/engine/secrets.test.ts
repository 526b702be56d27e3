import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../setup/folder.ts'
import { cloudHalf } from './cloud-half.ts'
import { type Engine, startEngine } from './engine.ts'
import { generated, leaks } from './leaks.ts'

const STACK = 'dev'

let place: Awaited<ReturnType<typeof temporaryFolder>>
let engine: Engine
beforeAll(async () => {
  place = await temporaryFolder()
  engine = await startEngine({ folder: place.folder, stack: STACK, changes: { operators: 'existing' } })
})
afterAll(async () => {
  await engine?.stop()
  await place?.remove()
})

test('no value that was generated for the cloud half is written in plain: not to the state and its copies, plans, events or logs, nor printed', async () => {
  const plan = join(engine.folder, 'work/plan.json')
  const all = [...cloudHalf(STACK), '--diff', '--show-full-output']
  const first = await engine.up(...cloudHalf(STACK), '--show-full-output')
  expect(first).toMatchObject({ code: 0 })
  // A key that is told once, and another password's and key's successors.
  await engine.configure({ operators: 'existing', 'storage.keys': undefined })
  const preview = await engine.preview(...all, '--save-plan', plan)
  const second = await engine.up(...all, '--plan', plan)
  const refresh = await engine.refresh('--diff', '--show-full-output')
  const outcomes = [first, preview, second, refresh]
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0])

  expect((await generated(engine)).size).toBeGreaterThan(10)
  expect(await leaks(engine, ...outcomes.map(({ output }) => output))).toEqual([])
  // The search finds what is there.
  const exported = await engine.run('stack', 'export', '--show-secrets')
  expect(new Set(await leaks(engine, exported)).size).toBe((await generated(engine)).size)
})

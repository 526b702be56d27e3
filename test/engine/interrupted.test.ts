import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reveal, Secret } from '../../tools/evaluate/index.ts'
import { ONE_IN_ITS_PLACE, TOLD_ONCE } from '../../tools/pending/kinds.ts'
import { seeded } from '../bench/generator.ts'
import { measured } from '../proof/measured.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { cloudHalf } from './cloud-half.ts'
import { type Engine, type Recorded, startEngine } from './engine.ts'
import { recover } from './operator.ts'

const STACK = 'dev'
const SEED = 20261126
/** Interruptions on the way to a whole cloud half. */
const TIMES = process.env.KURA_LONG === '1' ? 10 : 3

let place: Awaited<ReturnType<typeof temporaryFolder>>
const engines: Engine[] = []
beforeAll(async () => {
  place = await temporaryFolder()
})
afterAll(async () => {
  for (const engine of engines) await engine.stop()
  await place.remove()
})

async function start(name: string): Promise<Engine> {
  const engine = await startEngine({
    folder: `${place.folder}/${name}`,
    stack: STACK,
    changes: { operators: 'existing' },
  })
  engines.push(engine)
  return engine
}

test(`the cloud half, interrupted ${TIMES} times on its way, becomes what it is when nothing interrupts it: nothing twice, nothing that nobody knows of, no secret lost`, async () => {
  const whole = await start('whole')
  expect(await whole.up(...cloudHalf(STACK))).toMatchObject({ code: 0 })
  const total = whole.cloud.count

  const engine = await start('interrupted')
  const random = seeded(SEED)
  const points = Array.from({ length: TIMES }, () => Math.floor(random() * total)).sort((a, b) => a - b)
  const pending: string[] = []
  const found: string[] = []
  let kept = new Map<string, unknown>()
  for (const [index, point] of points.entries()) {
    // A cloud takes its time, so that something is always on its way.
    await engine.distance(300)
    const running = await engine.start('up', ...cloudHalf(STACK))
    while (engine.cloud.count < point) await sleep(20)
    await sleep(random() * 300)
    running.signal(index % 3 === 2 ? 'INT' : 'KILL')
    const { code } = await running.outcome
    expect(code).not.toBe(0)

    await engine.distance(0)
    const search = await recover(engine)
    pending.push(...search.pending.map(({ type }) => type))
    found.push(...search.found.map(({ type }) => type))
    expect(await engine.refresh()).toMatchObject({ code: 0 })
    expect(unknown(engine, (await engine.state()).resources)).toEqual([])
    const now = secretsOf((await engine.state({ secrets: true })).resources)
    for (const [name, value] of kept) expect([name, now.get(name)]).toEqual([name, value])
    kept = now
  }
  const last = await engine.up(...cloudHalf(STACK))
  expect(last).toMatchObject({ code: 0, failed: [] })

  const [interrupted, reference] = await Promise.all([engine, whole].map(compared))
  expect(interrupted).toEqual(reference)
  expect(await engine.up(...cloudHalf(STACK), '--expect-no-changes')).toMatchObject({ code: 0 })
  expect(await engine.refresh('--expect-no-changes')).toMatchObject({ code: 0 })
  measured(`engine: ${TIMES} interruptions of the first up of dev's cloud half`, {
    'things in the cloud': total,
    'after how many of them': points.join(', '),
    'being made at the interruption': pending.length,
    'made without the state knowing': found.length,
  })
})

/** What exists in the cloud, and the state does not know by its identifier; but for what the next `up` writes again. */
function unknown(engine: Engine, resources: Recorded[]): string[] {
  const known = new Set(resources.map(({ id }) => id))
  return engine.cloud.all().flatMap(({ id, type, urn }) => (known.has(id) || type in ONE_IN_ITS_PLACE ? [] : [urn]))
}

/** Generated values, by resource and output. */
function secretsOf(resources: Recorded[]): Map<string, unknown> {
  return new Map(
    resources.flatMap(({ urn, outputs = {}, inputs = {} }) =>
      Object.entries(outputs)
        .filter(([name, value]) => !(name in inputs) && value instanceof Secret)
        .map(([name, value]) => [`${urn} ${name}`, reveal(value)]),
    ),
  )
}

/** A whole run, so that another can be compared with it: what was drawn and given is replaced by where it stands. */
async function compared(engine: Engine) {
  const { resources } = await engine.state({ secrets: true })
  const things = engine.cloud.all()
  for (const { type, id, outputs } of things)
    for (const name of TOLD_ONCE[type] ?? []) {
      const recorded = resources.find((resource) => resource.id === id)
      expect(reveal(recorded?.outputs?.[name])).toBe(outputs[name])
    }
  const drawn = resources.flatMap(({ urn, id = '', inputs = {}, outputs = {} }) => [
    [id, `<${urn}>`] as const,
    ...Object.entries(outputs)
      .filter(([name]) => !(name in inputs))
      .flatMap(([name, value]) => texts(reveal(value)).map((text) => [text, `<${urn}.${name}>`] as const)),
  ])
  const places = drawn.filter(([text]) => text.length > 6).sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
  const named = (value: unknown) => {
    let text = JSON.stringify(reveal(value), (key, inner) =>
      key === 'base64encodedContent' ? Buffer.from(inner, 'base64').toString() : inner,
    )
    for (const [drawn, place] of places) text = text.replaceAll(JSON.stringify(drawn).slice(1, -1), place)
    return text
  }
  const byUrn = (a: { urn: string }, b: { urn: string }) => (a.urn < b.urn ? -1 : 1)
  return {
    resources: resources
      .map(({ urn, type, protect, retainOnDelete, inputs = {}, outputs = {} }) => ({
        ...{ urn, type, protect, retainOnDelete, inputs: named(inputs), outputs: Object.keys(outputs).sort() },
      }))
      .sort(byUrn),
    cloud: things.map(({ urn, inputs }) => ({ urn, inputs: named(inputs) })).sort(byUrn),
  }
}

/** All texts in a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { reveal, Secret } from '../../tools/evaluate/index.ts'
import { ONE_IN_ITS_PLACE, TOLD_ONCE } from '../../tools/pending/kinds.ts'
import { seeded } from '../bench/generator.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import type { Recorded } from './engine.ts'
import { leaks } from './leaks.ts'
import { existing, expected, retainedOf } from './left.ts'
import { endedWhen, recover, type Search } from './operator.ts'
import { done, LONG, type Platform, type Settings, startPlatform } from './platform.ts'

const SEED = Number(process.env.KURA_SEED ?? 1)
const random = seeded(SEED)

/** How often each is interrupted; every fourth time by Ctrl-C, else by a kill. */
const TIMES = LONG ? { up: 13, change: 3, destroy: 3 } : { up: 4, change: 1, destroy: 1 }

/** Milliseconds that a request to the cloud is on its way at most, so that something always is. */
const DISTANCE = 300

describeWithReference('verification, interrupted', () => {
  /** One that nothing interrupts, and one that is interrupted. */
  let reference: Platform
  let platform: Platform
  beforeAll(async () => {
    reference = await startPlatform({ stack: 'dev' })
    platform = await startPlatform({ stack: 'dev' })
  })
  afterAll(async () => {
    await reference?.[Symbol.asyncDispose]()
    await platform?.[Symbol.asyncDispose]()
  })

  test(`on the way of its first \`up\`, ${TIMES.up} times, becomes what it is when nothing interrupts it: nothing twice, nothing that nobody knows of, no secret lost`, async () => {
    const { changes } = await done(reference.engine.up())
    let kept = new Map<string, unknown>()
    const figures = await interrupt(platform, 'up', { of: changes.length, times: TIMES.up }, async () => {
      const { resources } = await platform.engine.state({ secrets: true })
      expect(unknown(platform, resources)).toEqual([])
      const now = secretsOf(resources)
      for (const [name, value] of kept) expect([name, now.get(name)]).toEqual([name, value])
      kept = now
    })
    expect(figures['under way at the interruptions']).toBeGreaterThan(0)
    await done(platform.engine.up())
    await expectAlike()
    expect(await leaks(platform.engine)).toEqual([])
    measured(`${TIMES.up} interruptions of the first up of verification`, figures)
  })

  test(`while cells, passwords and keys change, ${often(TIMES.change)}, changes as if nothing interrupted it`, async () => {
    for (const { configure } of [reference, platform])
      await configure(({ redis, cells, keys }) => ({
        keys: { ...(keys as Settings), rotations: 1 },
        redis: { ...(redis as Settings), passwords: 2 },
        cells: { ...(cells as Settings), pins: { kita: '0.2.0', minami: '0.2.0' } },
      }))
    const { changes } = await done(reference.engine.up())
    expect(new Set(changes.map(({ op }) => op))).toEqual(
      new Set(['create', 'update', 'create-replacement', 'replace', 'delete-replaced']),
    )
    const figures = await interrupt(platform, 'up', { of: changes.length, times: TIMES.change })
    await done(platform.engine.up())
    await expectAlike()
    measured(`${often(TIMES.change)} interrupted: a change of cells, passwords and keys of verification`, figures)
  })

  test(`while it is destroyed, ${often(TIMES.destroy)}, leaves behind what is to outlive it, and nothing else`, async () => {
    const { engine } = platform
    const { resources } = await engine.state()
    const retained = retainedOf(resources)
    await engine.run('state', 'unprotect', '--all', '--yes')
    const figures = await interrupt(platform, 'destroy', { of: resources.length, times: TIMES.destroy })
    await done(engine.destroy())
    expect((await engine.state()).resources).toEqual([])
    expect(await existing(platform, resources)).toEqual(expected(retained))
    measured(`${often(TIMES.destroy)} interrupted: destroy of verification`, figures)
  })

  /** The interrupted one is what the other is, it exists as its state says, and there is nothing to do. */
  async function expectAlike(): Promise<void> {
    const [is, wanted] = [await compared(platform), await compared(reference)]
    expect(is.filter((line) => !wanted.includes(line))).toEqual(wanted.filter((line) => !is.includes(line)))
    expect(is.length).toBe(wanted.length)
    const { resources } = await platform.engine.state()
    expect(await existing(platform, resources)).toEqual(expected(resources))
    await done(platform.engine.up('--expect-no-changes'))
    await done(platform.engine.refresh('--expect-no-changes'))
  }
})

describeWithReference('production, killed while institutions are made and nothing is saved before the end', () => {
  test.skipIf(!LONG)(
    'is whole after the next `up`, once what nobody knows is taken away as docs/deploying.md says (left out unless KURA_LONG=1)',
    async () => {
      await using platform = await startPlatform({ stack: 'prod', count: 3 })
      const { engine, api } = platform
      await done(engine.up())
      platform.resize(36)
      engine.saveOnce(true)
      const running = await engine.start('up')
      const cells = ['002', '003', '004', '005'].map((number) => `cell-${number}`)
      await endedWhen(running, () => exists(platform, 'apps/v1', 'Deployment', `kura-cell-${cells[1]}/web`))
      await engine.run('cancel', '--yes')

      const { resources } = await engine.state()
      const strangers = engine.cloud.all().filter(({ id }) => !resources.some((resource) => resource.id === id))
      expect(new Set(strangers.map(({ type }) => type))).toEqual(
        new Set(['oci:FileStorage/export:Export', 'oci:FileStorage/fileSystem:FileSystem']),
      )
      const exportsFirst = strangers.toSorted((a, b) => (a.type < b.type ? -1 : 1))
      for (const { id } of exportsFirst) engine.cloud.remove(id)
      for (const cell of cells)
        for (const [apiVersion, kind, name, namespace] of [
          ['v1', 'Namespace', `kura-cell-${cell}`],
          ['v1', 'PersistentVolume', `kura-cell-${cell}-files`],
          ['batch/v1', 'Job', `cell-${cell}`, 'kura-directories'],
        ] as const) {
          const place = namespace === undefined ? name : `${namespace}/${name}`
          if (!(await exists(platform, apiVersion, kind, place))) continue
          await api.delete({ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } })
          await expect.poll(() => exists(platform, apiVersion, kind, place), { timeout: 120_000 }).toBe(false)
        }

      await done(engine.up())
      const whole = (await engine.state()).resources
      expect(await existing(platform, whole)).toEqual(expected(whole))
      await done(engine.refresh('--expect-no-changes'))
    },
  )
})

async function exists({ api }: Platform, apiVersion: string, kind: string, place: string): Promise<boolean> {
  const { items } = await api.list(apiVersion, kind)
  return items.some(({ metadata }) => [metadata?.namespace ?? [], metadata?.name ?? ''].flat().join('/') === place)
}

const often = (times: number) => (times === 1 ? 'once' : `${times} times`)

/**
 * Begins something of so many changes again and again, ends it at random moments, does what docs/deploying.md says then,
 * and what is to be looked at.
 */
async function interrupt(
  { engine }: Platform,
  command: 'up' | 'destroy',
  { of, times }: { of: number; times: number },
  look = async () => {},
) {
  // Not at the very end, which it might reach before it is ended.
  const points = Array.from({ length: times }, () => Math.floor(random() * 0.9 * of)).sort((a, b) => a - b)
  let already = 0
  const searches: Search[] = []
  for (const [index, point] of points.entries()) {
    await engine.distance(DISTANCE)
    const running = await engine.start(command)
    await endedWhen(running, async () => already + (await running.changes()) >= point, {
      moment: random() * DISTANCE,
      by: index % 4 === 3 ? 'INT' : 'KILL',
    })
    already += await running.changes()
    await engine.distance(0)
    searches.push(await recover(engine))
    await done(engine.refresh())
    await look()
  }
  return {
    'changes in all': of,
    'interrupted after': points.join(', '),
    'seed of these': SEED,
    'under way at the interruptions': searches.reduce((sum, { underway }) => sum + underway, 0),
    'made without the state knowing': searches.reduce((sum, { found }) => sum + found.length, 0),
  }
}

/** What exists in the cloud, and the state does not know by its identifier; but for what the next `up` writes again. */
function unknown({ engine }: Platform, resources: Recorded[]): string[] {
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

/**
 * A whole stack as the state and the cloud have it, a line for each thing, so that another can be compared with it: what
 * was drawn and given is replaced by where it stands.
 */
async function compared({ engine }: Platform): Promise<string[]> {
  const { resources } = await engine.state({ secrets: true })
  const things = engine.cloud.all()
  for (const { type, id, outputs } of things)
    for (const name of TOLD_ONCE[type] ?? []) {
      const recorded = resources.find((resource) => resource.id === id)
      expect(reveal(recorded?.outputs?.[name])).toBe(outputs[name])
    }
  // In the cluster nothing is drawn but marks of objects, which nothing else holds.
  const drawing = resources.filter(({ type, custom }) => custom && !type.startsWith('kubernetes:'))
  const drawn = drawing.flatMap(({ urn, id = '', inputs = {}, outputs = {} }) => [
    [id, `<${urn}>`] as const,
    ...Object.entries(outputs)
      .filter(([name]) => !(name in inputs))
      .flatMap(([name, value]) => texts(reveal(value)).map((text) => [text, `<${urn}.${name}>`] as const)),
  ])
  const places = drawn.filter(([text]) => text.length > 6).sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
  const named = (value: unknown) => {
    let text = JSON.stringify(reveal(value), (key, inner) => {
      if (key === 'base64encodedContent') return Buffer.from(inner, 'base64').toString()
      // The address of a mount target, which no output tells.
      if (key === 'server') return '<address>'
      return key === 'volumeHandle' ? inner.replace(/:[\d.]+:/, ':<address>:') : inner
    })
    for (const [drawn, place] of places) text = text.replaceAll(JSON.stringify(drawn).slice(1, -1), place)
    // Made of what was drawn, and written otherwise.
    return text
      .replaceAll(/[0-9a-f]{32,}/g, '<digest>')
      .replaceAll(/((password_hash|signingCertificate)\W+)[\w+/=]+/g, '$1<drawn>')
  }
  return [
    ...resources.map(({ urn, type, protect, retainOnDelete, inputs = {}, outputs = {} }) => {
      // The two clusters are reached at addresses of their own.
      const given = type === 'pulumi:providers:kubernetes' ? Object.keys(inputs).sort() : named(inputs)
      const secret = Object.entries({ ...inputs, ...outputs }).flatMap(([name, value]) =>
        holdsSecret(value) ? name : [],
      )
      const names = { outputs: Object.keys(outputs).sort(), secret: secret.sort() }
      return JSON.stringify({ urn, protect, retainOnDelete, given, ...names })
    }),
    ...things.map(({ urn, inputs }) => `${urn} ${named(inputs)}`),
  ]
}

function holdsSecret(value: unknown): boolean {
  if (value instanceof Secret) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsSecret)
}

/** All texts in a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

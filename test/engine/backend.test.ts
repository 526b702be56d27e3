import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { type RefusingProxy, runRefusingProxy } from '../services/refusing-proxy.ts'
import { BUCKET, KEYS, REGION, runS3, type S3Server } from '../services/s3.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { cloudHalf } from './cloud-half.ts'
import { type Engine, startEngine } from './engine.ts'
import { endedWhen } from './operator.ts'
import { done, LONG, startPlatform } from './platform.ts'

const STACK = 'dev'

/** Milliseconds that are added to each write of the state. */
const LATER = 30

let s3: S3Server
let proxy: RefusingProxy
beforeAll(async () => {
  s3 = await runS3()
  proxy = await runRefusingProxy(s3.port)
  proxy.behave({ writesLater: LATER })
})
afterAll(async () => {
  proxy?.close()
  await s3?.close()
})

/** As docs/deploying.md has operators set it, in a folder of the bucket. */
const stateIn = (folder: string) => ({
  backend: `s3://${BUCKET}/${folder}?endpoint=${encodeURIComponent(proxy.endpoint)}&s3ForcePathStyle=true`,
  env: {
    AWS_ACCESS_KEY_ID: KEYS[0].id,
    AWS_SECRET_ACCESS_KEY: KEYS[0].secret,
    AWS_REGION: REGION,
    AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
    AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
  },
})

describe('with the state in a bucket, each of whose writes takes 30 ms more', () => {
  const engines: Engine[] = []
  let place: Awaited<ReturnType<typeof temporaryFolder>>
  beforeAll(async () => {
    place = await temporaryFolder()
  })
  afterAll(async () => {
    for (const engine of engines) await engine.stop()
    await place.remove()
  })
  async function start(name: string, { once }: { once: boolean }): Promise<Engine> {
    const engine = await startEngine({
      folder: `${place.folder}/${name}`,
      stack: STACK,
      changes: { operators: 'existing' },
      ...stateIn(name),
    })
    engine.saveOnce(once)
    engines.push(engine)
    return engine
  }

  test('the state is written before and after each resource, or once in all, and nothing of it is refused that Oracle refuses', async () => {
    for (const once of [false, true]) {
      const before = proxy.writes()
      const engine = await start(once ? 'once' : 'often', { once })
      const { seconds, changes } = await done(engine.up(...cloudHalf(STACK)))
      const writes = proxy.writes() - before
      if (once) expect(writes).toBeLessThan(20)
      else expect(writes).toBeGreaterThan(2 * changes.length)
      measured(`up of dev's cloud half, state in a bucket, saved ${once ? 'once' : 'after each resource'}`, {
        resources: changes.length,
        'writes to the bucket': writes,
        'up, seconds': Math.round(seconds),
      })
    }
    expect(proxy.refused).toEqual([])
  })

  test('an `up` that saves once and is stopped by Ctrl-C has saved what it made, and the next one makes the rest', async () => {
    const engine = await start('stopped', { once: true })
    await engine.distance(300)
    const running = await engine.start('up', ...cloudHalf(STACK))
    await endedWhen(running, async () => engine.cloud.count >= 50, { by: 'INT' })
    const made = engine.cloud.all().map(({ urn }) => urn)
    expect(made.length).toBeLessThan(300)
    const known = (await engine.state()).resources.map(({ urn }) => urn)
    expect(made.filter((urn) => !known.includes(urn))).toEqual([])

    await engine.distance(0)
    await done(engine.up(...cloudHalf(STACK)))
    const urns = engine.cloud.all().map(({ urn }) => urn)
    expect(new Set(urns).size).toBe(urns.length)
  })
})

describeWithReference('production with 664 institutions, its state in such a bucket', () => {
  test.skipIf(!LONG)(
    'is made from nothing in less than half an hour, as docs/deploying.md says (left out unless KURA_LONG=1)',
    async () => {
      await using platform = await startPlatform({ stack: 'prod', count: 3, ...stateIn('production') })
      const before = proxy.writes()
      const first = await done(platform.engine.up())
      platform.resize(664)
      platform.engine.saveOnce(true)
      const others = await done(platform.engine.up())
      const seconds = first.seconds + others.seconds
      await platform.edit('institution-001', { limits: { storage: 777 } })
      const preview = await done(platform.engine.preview())
      const { resources } = await platform.engine.state()
      measured('up of production with 664 institutions, state in a bucket', {
        resources: resources.length,
        'up of the first three institutions, seconds': Math.round(first.seconds),
        'up of the others, seconds': Math.round(others.seconds),
        'writes to the bucket': proxy.writes() - before,
        'preview of a change of one institution, seconds': Math.round(preview.seconds),
      })
      expect(seconds).toBeLessThan(30 * 60)
    },
  )
})

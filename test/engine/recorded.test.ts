import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { reveal } from '../../tools/evaluate/index.ts'
import { mayGo, preciousness } from '../../tools/review/immutable.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { cloudHalf } from './cloud-half.ts'
import type { Engine, Outcome } from './engine.ts'
import { done, startPlatform } from './platform.ts'

const STACK = 'prod'
/** Institutions: two cells of them. */
const COUNT = 9
/** What `pulumi stack export` printed, its secrets encrypted by the passphrase of tests. */
const RECORDED = join(import.meta.dirname, 'recorded/prod.json.gz')
const isRecording = process.env.KURA_RECORD === '1'

/** What holds data or keys, is the way to them, or is said to stay. */
async function precious(engine: Engine): Promise<Set<string>> {
  const { resources } = await engine.state()
  return new Set(
    resources
      .filter(({ type, protect, retainOnDelete }) => protect || retainOnDelete || isPrecious(type))
      .map(({ urn }) => urn),
  )
}

const isPrecious = (type: string) => preciousness(type) !== undefined && !mayGo(type)

/** Resources that a command makes anew or takes away. */
const lost = ({ changes }: Outcome) => changes.filter(({ op }) => /replace|delete/.test(op)).map(({ urn }) => urn)

describeWithReference('the state of an earlier definition', () => {
  test.skipIf(!isRecording)('is recorded anew, since somebody has asked for it', async () => {
    await using platform = await startPlatform({ stack: STACK, count: COUNT })
    await done(platform.engine.up())
    const exported = JSON.parse(await platform.engine.run('stack', 'export'))
    // Where in the program each resource was declared names folders of this machine.
    const replacer = (key: string, value: unknown) => (/^(sourcePosition|stackTrace)$/.test(key) ? undefined : value)
    await writeFile(RECORDED, gzipSync(JSON.stringify(exported, replacer)))
  })

  test('is taken over by the definition as it is now, and nothing that is protected or precious is replaced or deleted', async () => {
    await using platform = await startPlatform({ stack: STACK, count: COUNT })
    const { engine } = platform
    const file = join(engine.folder, 'work/recorded.json')
    await writeFile(file, gunzipSync(await readFile(RECORDED)))
    await engine.run('stack', 'import', '--file', file)
    for (const { urn, type, id, inputs = {}, outputs = {} } of (await engine.state({ secrets: true })).resources)
      if (type.startsWith('oci:') && id !== undefined)
        engine.cloud.add(reveal({ id, type, urn, inputs, outputs }) as Parameters<typeof engine.cloud.add>[0])
    const kept = await precious(engine)
    const recorded = (await engine.state()).resources.length

    const preview = await done(engine.preview())
    expect(lost(preview).filter((urn) => kept.has(urn))).toEqual([])
    // What is precious and not in the recording, it says nothing about: it has to be renewed.
    const unrecorded = preview.changes.filter(({ op, type }) => op === 'create' && isPrecious(type))
    expect(unrecorded.map(({ urn }) => urn)).toEqual([])

    const up = await done(engine.up(...cloudHalf(STACK)))
    expect(lost(up).filter((urn) => kept.has(urn))).toEqual([])
    const before = new Set(kept)
    expect(before.difference(await precious(engine))).toEqual(new Set())
    measured('an earlier state taken over', {
      'resources in it': recorded,
      'protected or precious': kept.size,
      'changes that today’s definition makes': preview.changes.length,
    })
  })
})

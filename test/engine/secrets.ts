import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generated, leaks } from './leaks.ts'
import { done, type Platform, type Settings } from './platform.ts'

/** What holds of the secrets of a platform that is deployed. */
export function testSecrets(platform: () => Platform): void {
  test('has no generated value in plain in its state, the copies of that, a saved plan, what commands print, or their logs; nor after some are exchanged', async () => {
    const { engine, configure } = platform()
    const before = await generated(engine)
    expect(before.size).toBeGreaterThan(30)
    expect(await leaks(engine)).toEqual([])

    const plan = join(engine.folder, 'work/plan.json')
    const everything = ['--diff', '--show-full-output']
    // Second S3 keys are planned alone: made, they restart Elasticsearch, three minutes a node.
    await configure(({ storage }) => ({ storage: { ...(storage as Settings), keys: [1, 2] } }))
    await done(engine.preview('--save-plan', join(engine.folder, 'work/keys.json'), ...everything))
    await configure(({ storage, redis }) => ({
      storage: { ...(storage as Settings), keys: [1] },
      redis: { ...(redis as Settings), passwords: 2 },
    }))
    await done(engine.preview('--save-plan', plan, ...everything))
    await done(engine.up('--plan', plan, ...everything))
    const after = await generated(engine)
    expect([...after].filter(([name, texts]) => before.get(name)?.[0] !== texts[0])).not.toEqual([])
    expect(await leaks(engine)).toEqual([])

    // The search finds what there is.
    const shown = join(engine.folder, 'work/shown.json')
    await writeFile(shown, await engine.run('stack', 'export', '--show-secrets'))
    expect((await leaks(engine)).length).toBe(after.size)
    await writeFile(shown, '')
  })
}

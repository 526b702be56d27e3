import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generated, leaks } from './leaks.ts'
import { done, LONG, type Platform, type Settings } from './platform.ts'

/** What holds of the secrets of a platform that is deployed. */
export function testSecrets(platform: () => Platform): void {
  test('has no generated value in plain in its state, the copies of that, a saved plan, what commands print, or their logs; nor after some are exchanged', async () => {
    const { engine, configure } = platform()
    const before = await generated(engine)
    expect(before.size).toBeGreaterThan(30)
    expect(await leaks(engine)).toEqual([])

    await configure(({ storage, redis }) => ({
      redis: { ...(redis as Settings), passwords: 2 },
      // Elasticsearch's nodes take another S3 key one after the other, three minutes each.
      ...(LONG ? { storage: { ...(storage as Settings), keys: [1, 2] } } : {}),
    }))
    const plan = join(engine.folder, 'work/plan.json')
    const everything = ['--diff', '--show-full-output']
    await done(engine.preview('--save-plan', plan, ...everything))
    await done(engine.up('--plan', plan, ...everything))
    expect(await generated(engine)).not.toEqual(before)
    expect(await leaks(engine)).toEqual([])

    // The search finds what there is.
    const shown = join(engine.folder, 'work/shown.json')
    await writeFile(shown, await engine.run('stack', 'export', '--show-secrets'))
    expect((await leaks(engine)).length).toBe((await generated(engine)).size)
    await writeFile(shown, '')
  })
}

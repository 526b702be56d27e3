import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { previews, testDayTwo } from './day-2.ts'
import { existing, expected, retainedOf } from './left.ts'
import { done, LONG, type Platform, startPlatform } from './platform.ts'
import { testSecrets } from './secrets.ts'

interface Whole {
  title: string
  stack: string
  /** Institutions; without it, those of the stack. One more comes on day 2, for which the last cell has room. */
  count?: number
  /** Whether it is also looked at again and destroyed, or only made and changed. */
  thorough: boolean
}

const production = (count: number): Whole => ({
  title: `production with ${count} institutions`,
  stack: 'prod',
  count,
  thorough: LONG,
})
const STACKS: Whole[] = [
  { title: 'verification', stack: 'dev', thorough: true },
  ...(LONG ? [10, 100, 663] : [36]).map(production),
]

for (const { title, stack, count, thorough } of STACKS)
  describeWithReference(title, () => {
    let platform: Platform
    beforeAll(async () => {
      platform = await startPlatform({ stack, ...(count === undefined ? {} : { count }) })
    })
    afterAll(() => platform?.[Symbol.asyncDispose]())

    test('is made from nothing by one `pulumi up`, in an order in which each thing finds what it needs', async () => {
      // As docs/deploying.md has it for many institutions.
      platform.engine.saveOnce(count !== undefined)
      const { changes, seconds } = await done(platform.engine.up())
      platform.engine.saveOnce(false)
      expect(new Set(changes.map(({ op }) => op))).toEqual(new Set(['create']))
      const { resources, pending_operations } = await platform.engine.state()
      expect(pending_operations).toEqual([])
      expect(resources.length).toBeGreaterThan(600)
      measured(`up of ${title} from nothing`, {
        resources: resources.length,
        'up, seconds': Math.round(seconds),
      })
    })

    test.skipIf(!thorough)('is left alone by a second `up`, and looks to `refresh` as it was made', async () => {
      const again = await done(platform.engine.up('--expect-no-changes'))
      const refresh = await done(platform.engine.refresh('--expect-no-changes'))
      expect([...again.changes, ...refresh.changes]).toEqual([])
      measured(`${title}, nothing to do`, {
        'up, seconds': Math.round(again.seconds),
        'refresh, seconds': Math.round(refresh.seconds),
      })
    })

    if (count === undefined) testSecrets(() => platform)

    if (count !== undefined) testDayTwo(() => platform, { count, of: title })

    test.skipIf(!thorough)('is not destroyed while anything in it is protected', async () => {
      const before = await platform.engine.state()
      const { code, output } = await platform.engine.destroy()
      expect(code).not.toBe(0)
      expect(output).toMatch(/protected/)
      expect(await platform.engine.state()).toEqual(before)
    })

    test.skipIf(!thorough)(
      'leaves behind what is to outlive it, and nothing else, once its protection is lifted',
      async () => {
        const before = await platform.engine.state()
        const retained = retainedOf(before.resources)

        await platform.engine.run('state', 'unprotect', '--all', '--yes')
        platform.engine.saveOnce(count !== undefined)
        const { seconds } = await done(platform.engine.destroy())
        measured(`destroy of ${title}`, { 'destroy, seconds': Math.round(seconds) })
        expect((await platform.engine.state()).resources).toEqual([])
        expect(await existing(platform, before.resources)).toEqual(expected(retained))
      },
    )
  })

test.skipIf(!LONG)(
  'a preview of a change of one institution grows no faster than the number of resources (left out unless KURA_LONG=1)',
  () => {
    expect(previews.length).toBe(3)
    for (const [index, { resources, seconds }] of previews.entries()) {
      const smaller = previews[index - 1]
      // Half as much again is left to the machine.
      if (smaller) expect(seconds / smaller.seconds).toBeLessThan((1.5 * resources) / smaller.resources)
    }
  },
)

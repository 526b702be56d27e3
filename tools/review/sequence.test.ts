import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { compareSequences } from './sequence.ts'

test('what went and what came stands where it did', () => {
  expect(compareSequences(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual([
    { gone: ['b'], come: ['x'] },
    { gone: [], come: ['e'] },
  ])
})

const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })

test('as much went and came as makes one of the other, and nothing of one that is the same', () => {
  fc.assert(
    fc.property(items, items, (before, after) => {
      const hunks = compareSequences(before, after)
      const [gone, come] = [hunks.flatMap((hunk) => hunk.gone), hunks.flatMap((hunk) => hunk.come)]
      expect(before.length - gone.length + come.length).toBe(after.length)
      const left = (all: string[], taken: string[]) => {
        const rest = [...all]
        for (const one of taken) rest.splice(rest.indexOf(one), 1)
        return rest.toSorted()
      }
      expect(left(before, gone)).toEqual(left(after, come))
      expect(compareSequences(before, before)).toEqual([])
    }),
  )
})

import { expect, test } from 'vitest'
import { ocpus, podsPerNode } from './sizes.ts'

test("the operators' node sizes are half as many OCPUs", () => {
  expect([4, 8, 16].map(ocpus)).toEqual([2, 4, 8])
})

test('a node carries 31 pods for each interface beyond its own, at most 110', () => {
  expect([2, 4, 8, 16, 64].map(podsPerNode)).toEqual([31, 31, 93, 110, 110])
})

import { expect, it } from 'vitest'
import { mapsIn } from './chart-values.ts'

it('all maps of values are found, in lists too', () => {
  const inner = { c: 1 }
  const values = { a: 'text', b: inner, list: [inner, 'text', [inner]], none: null }
  expect(mapsIn(values, 'values')).toEqual([
    { at: 'values', map: values },
    { at: 'values.b', map: inner },
    { at: 'values.list[0]', map: inner },
    { at: 'values.list[2][0]', map: inner },
  ])
  expect(mapsIn(undefined, 'values')).toEqual([])
})

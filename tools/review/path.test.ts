import { expect, test } from 'vitest'
import { isWithin, parsePath, shownPath, valueAt } from './path.ts'

test('a path is written as Pulumi writes it, and read again', () => {
  for (const path of [
    ['spec', 'containers', 0, 'image'],
    ['metadata', 'annotations', 'a.b/c', 'd'],
    ['say "it"', 2, 1],
  ])
    expect(parsePath(shownPath(path))).toEqual(path)
  expect(shownPath(['data', 'kura.json'])).toBe('data["kura.json"]')
})

test('a pattern holds what is inside it, and * any step', () => {
  expect(isWithin(['spec', 'replicas'], parsePath('spec'))).toBe(true)
  expect(isWithin(['spec'], parsePath('spec.replicas'))).toBe(false)
  expect(isWithin(['rules', 3, 'port'], parsePath('rules[*].port'))).toBe(true)
  expect(isWithin(['rules', 3, 'to'], parsePath('rules[*].port'))).toBe(false)
  expect(isWithin(['anything'], parsePath('*'))).toBe(true)
})

test('a value that is not there is undefined', () => {
  expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1)
  expect(valueAt({ a: null }, ['a', 'b'])).toBeUndefined()
})

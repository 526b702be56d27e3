import { describe, expect, it } from 'vitest'
import { minorOf } from './versions.ts'

describe('minorOf', () => {
  it.each([
    ['v1.34.1', 34],
    ['1.9', 9],
    ['v1.30.10', 30],
  ])('of %s is %d', (version, minor) => expect(minorOf(version)).toBe(minor))

  it.each(['', 'latest', 'v2.1.0', '1'])('of %j is no number', (version) => expect(minorOf(version)).toBeNaN())
})

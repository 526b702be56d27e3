import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { contrast, GROUNDS, readableShade } from './colour.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
const scheme = fc.constantFrom('light' as const, 'dark' as const)

describe('contrast', () => {
  test('is what WCAG says of known pairs', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
    expect(contrast('#1a5276', '#1a5276')).toBe(1)
  })

  test('does not depend on which colour is the ground', () => {
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        expect(contrast(one, other)).toBe(contrast(other, one))
      }),
    )
  })
})

describe('the readable shade', () => {
  test('of any colour can be read on every ground of its scheme', () => {
    fc.assert(
      fc.property(colour, scheme, (colour, scheme) => {
        for (const ground of GROUNDS[scheme])
          expect(contrast(readableShade(colour, scheme), ground)).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is the colour itself where that can be read', () => {
    expect(readableShade('#1a5276', 'light')).toBe('#1a5276')
    expect(readableShade('#f4d03f', 'dark')).toBe('#f4d03f')
  })
})

test('the grounds are those that the style sheet uses', () => {
  const tokens = readFileSync(new URL(import.meta.resolve('@digital-go-jp/design-tokens/dist/tokens.css')), 'utf8')
  const ours = readFileSync(new URL('./assets/tokens.css', import.meta.url), 'utf8')
  const grounds = ['ground', 'surface'].map((name) => {
    const [, light, dark] = new RegExp(`--${name}: light-dark\\(var\\((.+?)\\), var\\((.+?)\\)\\);`).exec(ours) ?? []
    return [light, dark].map((token) => new RegExp(`${token}: (#[0-9a-f]{6});`).exec(tokens)?.[1])
  })
  expect(grounds).toEqual([0, 1].map((at) => [GROUNDS.light[at], GROUNDS.dark[at]]))
})

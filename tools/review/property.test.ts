import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { Secret } from '../evaluate/index.ts'
import { compareProperties } from './property.ts'

const compared = (before: object, after: object, ignored?: string[]) =>
  compareProperties(before, after, ignored).map(({ path, before: was, after: is, lines }) =>
    lines ? `${path}: ${lines.join(', ')}` : `${path}: ${was ?? 'nothing'} -> ${is ?? 'nothing'}`,
  )

describe('properties that differ', () => {
  test('are told by their paths, set and no longer set ones among them', () => {
    expect(
      compared(
        { spec: { replicas: 2, paused: true }, kind: 'A' },
        { spec: { replicas: 3, 'a.b': ['x'] }, kind: 'A', more: undefined },
      ),
    ).toEqual(['spec.replicas: 2 -> 3', 'spec.paused: true -> nothing', 'spec["a.b"]: nothing -> ["x"]'])
  })

  test('of named elements are told by the names, wherever in the list they stand', () => {
    const web = (image: string) => ({ name: 'web', image })
    expect(compared({ c: [{ name: 'proxy' }, web('a')] }, { c: [web('b'), { name: 'other' }] })).toEqual([
      'c[proxy]: {"name":"proxy"} -> nothing',
      'c[web].image: "a" -> "b"',
      'c[other]: nothing -> {"name":"other"}',
    ])
    expect(compared({ c: [web('a'), { name: 'x' }] }, { c: [{ name: 'x' }, web('a')] })).toEqual([
      'c (order): ["web","x"] -> ["x","web"]',
    ])
  })

  test('of lists without names are what went and what came', () => {
    expect(compared({ hosts: ['a', 'b', 'c'] }, { hosts: ['a', 'c', 'd'] })).toEqual(['hosts: - "b", + "d"'])
    expect(compared({ rules: [{ port: 1 }, { port: 2 }] }, { rules: [{ port: 1 }, { port: 3 }] })).toEqual([
      'rules[1].port: 2 -> 3',
    ])
  })

  test('inside a text of JSON, of lines or of base64 are told where they are', () => {
    const json = (url: string) => JSON.stringify({ tenants: [{ id: 'aozora', url }] })
    expect(compared({ data: { 'a.json': json('x') } }, { data: { 'a.json': json('y') } })).toEqual([
      'data["a.json"] > tenants[aozora].url: "x" -> "y"',
    ])
    const script = (word: string) => `#!/bin/sh\nset -eu\necho ${word}\n`
    expect(compared({ script: script('a') }, { script: script('b') })).toEqual(['script: - echo a, + echo b'])
    const code = (text: string) => Buffer.from(text).toString('base64')
    expect(compared({ user_data: code(script('aa')) }, { user_data: code(script('bb')) })).toEqual([
      'user_data (decoded): - echo aa, + echo bb',
    ])
    // The same content, written otherwise, is another text all the same.
    expect(compared({ text: '{"a":1}' }, { text: '{ "a": 1 }' })).toEqual(['text: "{\\"a\\":1}" -> "{ \\"a\\": 1 }"'])
  })

  test('of long texts are cut to what differs', () => {
    const long = (word: string) => `${'x'.repeat(300)} ${word} ${'y'.repeat(300)}`
    const [change] = compareProperties({ text: long('one') }, { text: long('two') })
    expect(change?.before).toMatch(/^"…x+ one y+…"$/)
    expect(change?.before?.length).toBeLessThan(120)
    const lines = Array.from({ length: 50 }, (_, index) => `${index}`).join('\n')
    expect(compareProperties({ text: '' }, { text: lines })[0]?.lines?.at(-1)).toBe('… and 40 lines more')
  })

  test('that are ignored do not count, nor what is inside of them', () => {
    const before = { size: 1, config: { a: 1 }, rules: [{ port: 1 }] }
    const after = { size: 2, config: { a: 2 }, rules: [{ port: 2 }] }
    expect(compared(before, after, ['size', 'config', 'rules[*].port'])).toEqual([])
    expect(compared(before, after, ['config.b'])).toHaveLength(3)
  })
})

describe('a secret', () => {
  const found = (before: unknown, after: unknown) => JSON.stringify(compareProperties({ it: before }, { it: after }))

  test('that changes shows that it does, and never what it is', () => {
    expect(compared({ it: new Secret('hush') }, { it: new Secret('quiet') })).toEqual(['it: [secret] -> [secret]'])
    for (const text of [
      found(new Secret('hush'), new Secret({ deep: 'hush-too' })),
      found(new Secret('hush'), 'hush-now'),
      found('hush', new Secret('hush')),
      found(undefined, { deep: [new Secret('hush')] }),
      found([new Secret('hush')], [new Secret('hush-b'), 'plain']),
    ]) {
      expect(text).toContain('[secret]')
      expect(text).not.toContain('hush')
    }
  })

  test('that stays says nothing, and one that is no secret any more does', () => {
    expect(compared({ it: new Secret({ a: 1 }) }, { it: new Secret({ a: 1 }) })).toEqual([])
    expect(compared({ it: new Secret('a') }, { it: 'a' })).toEqual(['it: [secret] -> [no secret]'])
  })
})

describe('whatever the inputs', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>('a', 'b', 'two\nlines', '{"a":1}', '', null, true, 1, 2),
      fc.constantFrom('x', 'y').map((text) => new Secret(text)),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.array(fc.record({ name: fc.constantFrom('n', 'm'), size: fc.nat(2) }), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('p', 'q', 'r.s'), tie('any'), { maxKeys: 3 }),
    ),
  })).any
  const inputs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value)

  test('nothing differs from itself', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        expect(compareProperties(given, copied(given))).toEqual([])
      }),
    )
  })

  test('one way differs where the other way does, with before and after exchanged', () => {
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        const there = compareProperties(one, other).map(({ path, before, after }) => [path, before, after])
        const back = compareProperties(other, one).map(({ path, before, after }) => [path, after, before])
        const sorted = (all: unknown[]) => all.map((each) => JSON.stringify(each)).toSorted()
        expect(sorted(there)).toEqual(sorted(back))
      }),
    )
  })
})

/** A copy with secrets of its own. */
function copied(value: unknown): object {
  if (value instanceof Secret) return new Secret(copied(value.value))
  if (Array.isArray(value)) return value.map(copied)
  if (value === null || typeof value !== 'object') return value as object
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]))
}

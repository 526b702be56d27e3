import { describe, expect, it, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { mergePatch } from './merge-patch.ts'

/** RFC 7396, appendix A. */
test.each([
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
])('%s with %s laid over it is %s', (document, patch, merged) => {
  expect(mergePatch(JSON.parse(document), JSON.parse(patch))).toEqual(JSON.parse(merged))
})

/** JSON without null, which a patch cannot put anywhere. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

/** The patch that makes one document of another. */
function difference(from: unknown, to: unknown): unknown {
  const isObject = (each: unknown): each is object => typeof each === 'object' && each !== null && !Array.isArray(each)
  if (!isObject(from) || !isObject(to)) return to
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))]
  return Object.fromEntries([
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => [name, null]),
    ...[...after].map(([name, each]) => [name, isObject(each) ? difference(before.get(name) ?? {}, each) : each]),
  ])
}

describe('a merge patch', () => {
  it('leads from any document to any other without null', () => {
    fc.assert(
      fc.property(value, value, (from, to) => {
        expect(mergePatch(from, difference(from, to))).toEqual(to)
      }),
    )
  })

  it('reaches no prototype', () => {
    mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'))
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

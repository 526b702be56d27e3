import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { asMarkdown, asText, type Section } from './document.ts'
import { visible } from './visible.ts'

const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u

const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u009b31m', '\u202e', '\u2066', '\r', '\u{e0001}')))
  .map((parts) => parts.join(''))

test('what a terminal would obey is written out', () => {
  expect(visible('a\u009b31mb\u202ec\u2028\r\nd\u{e0001}')).toBe('a\\u009b31mb\\u202ec\\u2028\\u000d\nd\\udb40\\udc01')
  expect(visible('é 研究 \\u202e')).toBe('é 研究 \\u202e')
})

test('JSON says the same, whatever it says', () => {
  fc.assert(
    fc.property(text, (said) => {
      const json = visible(JSON.stringify({ [said]: said }, null, 2))
      expect(JSON.parse(json)).toEqual({ [said]: said })
      expect(json.replaceAll('\n', '')).not.toMatch(UNSEEN)
    }),
  )
})

test('a report shows everything that is in it, to a terminal and in Markdown', () => {
  const section: fc.Arbitrary<Section> = fc.record({
    title: text,
    details: fc.boolean(),
    blocks: fc.array(
      fc.oneof(
        fc.record({ list: fc.array(fc.oneof(text, fc.record({ head: text, items: fc.array(text) }))) }),
        fc.record({ lines: fc.array(text) }),
        fc.record({ table: fc.array(fc.array(text)) }),
      ),
    ),
  })
  fc.assert(
    fc.property(fc.array(section), (sections) => {
      for (const written of [asText(sections), asMarkdown(sections)])
        expect(written.replaceAll('\n', '')).not.toMatch(UNSEEN)
    }),
  )
})

import { expect, it } from 'vitest'
import { fc } from '../../../test/support/property.ts'
import { parseXml, writeXml, type XmlElement } from './xml.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,5}$/).filter((each) => !each.startsWith('xml'))
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', '\r', '<', '>', '&', '"', "'", ']'), maxLength: 8 }),
)
const element: fc.Arbitrary<XmlElement> = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc
    .record({
      name,
      attributes: fc.dictionary(name, text, { maxKeys: 3 }).map((each) => new Map(Object.entries(each))),
      children: fc.oneof(
        { depthSize: 'small' },
        fc.constant<XmlElement[]>([]),
        fc.array(tie('element'), { maxLength: 3 }),
      ),
      text,
    })
    // The formats have no mixed content.
    .map((each) => (each.children.length > 0 ? { ...each, text: '' } : each)),
})).element

/** The blanks between elements are the writer's. */
const withoutIndent = (each: XmlElement): XmlElement =>
  each.children.length > 0 ? { ...each, text: '', children: each.children.map(withoutIndent) } : each

it('reads back every tree that it writes', () => {
  fc.assert(
    fc.property(element, (tree) => {
      expect(withoutIndent(parseXml(writeXml(tree), new Map()).root)).toEqual(tree)
    }),
  )
})

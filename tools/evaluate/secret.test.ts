import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { fromWire, reveal, Secret, toWire } from './secret.ts'

const { structure } = fc.letrec<{ structure: unknown }>((tie) => ({
  structure: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('structure')),
    fc.dictionary(fc.stringMatching(/^[a-z]+$/), tie('structure')),
    tie('structure').map((inner) => new Secret(inner)),
  ),
}))

test('what goes over the wire comes back, secrets marked as before', () => {
  fc.assert(
    fc.property(structure, (value) => {
      const wire = toWire(value)
      const back = fromWire(wire)
      expect(toWire(back)).toEqual(wire)
      expect(reveal(back)).toEqual(reveal(value))
      expect(JSON.stringify(back)).toBe(JSON.stringify(value))
    }),
  )
})

test('a secret is marked as the engine marks it', () => {
  expect(toWire({ key: new Secret('x') })).toEqual({
    key: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: 'x' },
  })
})

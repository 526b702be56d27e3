import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { answersFor, certifies, isWithin } from './hosts.ts'

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/)
const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'))

test.each([
  ['kura.example', 'kura.example', true],
  ['Kura.example', 'kura.Example', true],
  ['*.kura.example', 'a.kura.example', true],
  ['*.kura.example', 'a.b.kura.example', false],
  ['*.kura.example', 'kura.example', false],
  ['*.kura.example', 'a.otherkura.example', false],
  ['kura.example', 'a.kura.example', false],
])('a certificate for %s is good for %s: %s', (named, host, expected) => expect(certifies(named, host)).toBe(expected))

test.each([
  ['kura.example', 'kura.example', true],
  ['kura.example', 'a.b.kura.example', true],
  ['kura.example', 'otherkura.example', false],
])('below %s lies %s: %s', (zone, host, expected) => expect(isWithin(zone, host)).toBe(expected))

test('a wildcard is a certificate for one label more, and a record for any number', () => {
  fc.assert(
    fc.property(name, label, label, (zone, first, second) => {
      expect(certifies(`*.${zone}`, `${first}.${zone}`)).toBe(true)
      expect(certifies(`*.${zone}`, `${second}.${first}.${zone}`)).toBe(false)
      expect(answersFor(`*.${zone}`, `${first}.${zone}`)).toBe(true)
      expect(answersFor(`*.${zone}`, `${second}.${first}.${zone}`)).toBe(true)
      for (const answers of [certifies, answersFor]) {
        expect(answers(`*.${zone}`, zone)).toBe(false)
        expect(answers(zone, zone)).toBe(true)
      }
    }),
  )
})

import { expect, test } from 'vitest'
import type { PackConfig, PolicyInfo } from '../packs/index.ts'
import { compareConfigurations } from './configuration.ts'

const policies: Record<string, PolicyInfo[]> = {
  oci: [
    { name: 'private', level: 'mandatory', settings: { days: { default: 30 }, exceptions: { default: [] } } },
    { name: 'advice', level: 'advisory', settings: { exceptions: { default: [] } } },
  ],
}
const compared = (before: PackConfig, after: PackConfig) =>
  compareConfigurations({ oci: before }, { oci: after }, policies).map(
    ({ loud, sentence }) => `${loud ? '! ' : ''}${sentence}`,
  )
const excepted = (until: string, reason = 'it is being moved') => ({
  exceptions: [{ resource: 'theses', reason, until }],
})

test('a rule that is switched off or lowered is loud, one that is raised is not', () => {
  expect(compared({}, { private: 'disabled' })).toEqual(['! DISABLED oci/private: mandatory → disabled'])
  expect(compared({}, { private: { enforcementLevel: 'advisory' } })).toEqual([
    '! LOWERED oci/private: mandatory → advisory',
  ])
  expect(compared({ private: 'disabled' }, {})).toEqual(['oci/private: disabled → mandatory'])
  expect(compared({}, { advice: 'mandatory' })).toEqual(['oci/advice: advisory → mandatory'])
  expect(compared({ advice: 'mandatory' }, {})).toEqual(['! LOWERED oci/advice: mandatory → advisory'])
})

test('a setting that differs is loud, and one that says what holds anyway is none', () => {
  expect(compared({}, { private: { days: 90 } })).toEqual(['! SET OTHERWISE oci/private: days: 30 → 90'])
  expect(compared({ private: { days: 90 } }, {})).toEqual(['! SET OTHERWISE oci/private: days: 90 → 30'])
  expect(compared({}, { private: { days: 30, exceptions: [] } })).toEqual([])
  expect(compared({ private: 'mandatory' }, { private: { enforcementLevel: 'mandatory' } })).toEqual([])
})

test('an exception that comes or holds longer is loud, one that ends is not', () => {
  const [early, late] = ['2027-01-31', '2027-10-31']
  expect(compared({}, { private: excepted(early) })).toEqual([
    '! EXCEPTED oci/private for theses, until 2027-01-31: it is being moved',
  ])
  expect(compared({ private: excepted(early) }, { private: excepted(late) })).toEqual([
    '! EXCEPTED LONGER oci/private for theses, not until 2027-01-31 but until 2027-10-31: it is being moved',
  ])
  expect(compared({ private: excepted(late) }, { private: excepted(early) })).toEqual([
    'oci/private for theses: its exception ends on 2027-01-31, not on 2027-10-31',
  ])
  expect(compared({ private: excepted(late) }, {})).toEqual(['oci/private for theses: its exception is gone'])
  expect(compared({ private: excepted(late) }, { private: excepted(late, 'it is thrown away') })).toEqual([
    'oci/private for theses: its exception has another reason: it is thrown away',
  ])
})

test('of several exceptions for a resource the one that holds the longest counts', () => {
  const both = { exceptions: [...excepted('2027-10-31').exceptions, ...excepted('2027-01-31').exceptions] }
  expect(compared({ private: excepted('2027-10-31') }, { private: both })).toEqual([])
})

test('the loud stand first', () => {
  expect(compared({ advice: 'disabled' }, { private: 'disabled' })).toEqual([
    '! DISABLED oci/private: mandatory → disabled',
    'oci/advice: disabled → advisory',
  ])
})

test('a rule that the base had and the pack has no more is loud', () => {
  expect(compareConfigurations({}, {}, policies, { oci: ['private', 'former'] })).toMatchObject([
    { kind: 'gone', loud: true, sentence: 'GONE oci/former: nobody asks it' },
  ])
})

test('so is every rule of a pack that is there no more', () => {
  expect(compareConfigurations({}, {}, policies, { oci: ['private'], kura: ['former'] })).toMatchObject([
    { pack: 'kura', kind: 'gone', loud: true },
  ])
})

test('where the packs did not start, a level that is not named is taken for the strictest', () => {
  expect(compareConfigurations({}, { oci: { any: 'advisory' } })).toMatchObject([{ kind: 'lowered', loud: true }])
  expect(compareConfigurations({}, {}, {}, { oci: ['any'] })).toEqual([])
})

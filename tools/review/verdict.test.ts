import { expect, test } from 'vitest'
import type { Excepted, Finding } from '../packs/index.ts'
import { verdictOf } from './verdict.ts'

const finding = (rule: string, given: Partial<Finding> = {}): Finding => ({
  pack: 'oci',
  rule,
  state: 'broken',
  level: 'mandatory',
  severity: 'high',
  urn: 'urn:pulumi:prod::kura::oci:ObjectStorage/bucket:Bucket::theses',
  description: `What ${rule} wants`,
  sentence: `theses breaks ${rule}.`,
  ...given,
})

test('what the base broke as well is old, and what it alone broke is mended', () => {
  const { findings, mended } = verdictOf(
    [finding('old'), finding('new'), finding('other', { sentence: 'theses breaks it otherwise.' })],
    [finding('old'), finding('gone'), finding('other')],
    [],
  )
  expect(findings.map(({ rule, isNew }) => [rule, isNew])).toEqual([
    ['new', true],
    ['other', true],
    ['old', false],
  ])
  expect(mended).toBe(2)
})

test('nothing is new without a base', () => {
  expect(verdictOf([finding('a')], undefined, []).findings.map(({ isNew }) => isNew)).toEqual([false])
})

test('the new stands before the old, what stops before advice, and the worst first', () => {
  const now = [
    finding('old-critical', { severity: 'critical' }),
    finding('advice', { level: 'advisory', severity: 'critical' }),
    finding('low', { severity: 'low' }),
    finding('high'),
    finding('unjudged', { state: 'unjudged', level: 'advisory', severity: 'critical' }),
  ]
  expect(verdictOf(now, [now[0] as Finding], []).findings.map(({ rule }) => rule)).toEqual([
    'unjudged',
    'high',
    'low',
    'advice',
    'old-critical',
  ])
})

const exception = (rule: string, resource: string, until: string): Excepted => ({
  pack: 'oci',
  rule,
  resource,
  until,
  reason: 'it is being moved',
})

test('what is excepted is new where the base did not except it, or did not have it', () => {
  const excepted = (rule: string) => finding(rule, { state: 'excepted', level: 'advisory' })
  const all = ['allowed', 'over', 'come', 'other'].map((rule) => exception(rule, 'theses', '2027-10-31'))
  const now = ['allowed', 'over', 'come', 'other'].map(excepted)
  const before = ['allowed', 'over', 'other'].map(excepted)
  const formerly = [
    exception('allowed', 'theses', '2027-06-30'),
    exception('over', 'theses', '2026-12-31'),
    exception('come', 'theses', '2027-10-31'),
    exception('other', 'papers', '2027-10-31'),
  ]
  expect(
    verdictOf(now, before, all, formerly, '2027-01-01').excepted.map(({ rule, isNew, until }) => [rule, isNew, until]),
  ).toEqual([
    ['allowed', false, '2027-10-31'],
    ['over', true, '2027-10-31'],
    ['come', true, '2027-10-31'],
    ['other', true, '2027-10-31'],
  ])
  expect(verdictOf(now, undefined, all).excepted.some(({ isNew }) => isNew)).toBe(false)
})

test('exceptions that nothing needs, and those that end soon, are told', () => {
  const { excepted, unused, ending, findings } = verdictOf(
    [finding('used', { state: 'excepted', level: 'advisory' })],
    undefined,
    [
      exception('used', 'theses', '2027-10-31'),
      exception('used', 'papers', '2027-10-31'),
      exception('soon', 'theses', '2027-01-31'),
      exception('over', 'theses', '2026-12-31'),
    ],
    undefined,
    '2027-01-01',
  )
  expect(excepted.map(({ rule }) => rule)).toEqual(['used'])
  expect(findings).toEqual([])
  expect(unused.map(({ rule, resource }) => [rule, resource])).toEqual([
    ['used', 'papers'],
    ['soon', 'theses'],
    ['over', 'theses'],
  ])
  expect(ending.map(({ rule }) => rule)).toEqual(['soon'])
})

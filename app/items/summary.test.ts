import { expect, test } from 'vitest'
import { emptyRecord, fullRecord, item } from '../../test/pages/examples.ts'
import { Record } from '../records/model.ts'
import { namesOf, summarize } from './summary.ts'

test('a summary keeps what a list says, in every language', () => {
  const { titles, creators, ...rest } = summarize(item({ access: { right: 'embargoed access', until: '2027-04-01' } }))
  expect(titles.map(({ lang }) => lang)).toEqual(['ja', 'ja-Kana', 'en'])
  expect(creators[0]?.[1]).toEqual({ value: 'Minato, Nagisa', lang: 'en' })
  expect(rest).toEqual({
    number: 1,
    creatorCount: 3,
    sourceTitles: fullRecord.sourceTitles,
    year: '2026',
    type: 'departmental bulletin paper',
    access: 'embargoed access',
    until: '2027-04-01',
    publicationDate: '2026-04-01',
  })
})

test('a summary of the least record is whole and can be stored', () => {
  const summary = summarize(item({ record: emptyRecord, access: { right: 'metadata only access' } }))
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  expect(summary).not.toHaveProperty('year')
})

test('a summary stays small however large the record is', () => {
  const creator = { names: [{ value: '湊, 渚', lang: 'ja' }] }
  const record = Record.parse({
    titles: Array.from({ length: 20 }, () => ({ value: '𠮷'.repeat(90_000), lang: 'ja' })),
    creators: Array.from({ length: 1_000 }, () => creator),
    type: { term: 'book' },
  })
  const summary = summarize(item({ record }))
  expect(summary).toMatchObject({ creatorCount: 1_000, creators: { length: 3 }, titles: { length: 1 } })
  expect(summary.titles[0]?.value.isWellFormed()).toBe(true)
  expect(JSON.stringify(summary).length).toBeLessThan(2_000)
})

test('a thesis without a date of issue has the year of its degree', () => {
  const record = Record.parse({
    titles: [{ value: 'x' }],
    type: { term: 'doctoral thesis' },
    dateGranted: '2025-03-25',
  })
  expect(summarize(item({ record })).year).toBe('2025')
})

test('a name is put together where the record gives its parts alone', () => {
  expect(namesOf(fullRecord.creators[2] as (typeof fullRecord.creators)[number])).toEqual([
    { value: '沖, 遥', lang: 'ja' },
    { value: 'Oki, Haruka', lang: 'en' },
  ])
})

test('a name of which one half is blank has no comma', () => {
  const name = (family: string, given: string) =>
    namesOf({ names: [], familyNames: [{ value: family }], givenNames: [{ value: given }] })
  expect([name('港', ' '), name('', '汐')]).toEqual([[{ value: '港' }], [{ value: '汐' }]])
})

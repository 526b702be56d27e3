import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/property.ts'
import { Record, type RecordInput } from '../model.ts'
import { anyRecord } from '../record.arbitrary.ts'
import { findQuality, rules } from './index.ts'
import { goodRecord, pairs } from './quality.examples.ts'

const qualityOf = (changes: Partial<RecordInput>) => findQuality(Record.parse({ ...goodRecord, ...changes }))

describe('the rules of quality', () => {
  it('find nothing in a good record', () => {
    expect(qualityOf({})).toEqual([])
  })

  it('have a passing and a failing record each, and a name of their own', () => {
    const names = rules.map(({ name }) => name)
    expect([...new Set(pairs.map(({ rule }) => rule))].sort()).toEqual(names.toSorted())
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(pairs)(
    '$rule says "$says" of a record that breaks it, and nothing of one that keeps it',
    ({ rule, passes, fails, at, says }) => {
      expect(qualityOf(passes)).toEqual([])
      expect(qualityOf(fails)).toEqual(at.map((path) => ({ rule, path, message: expect.stringContaining(says) })))
    },
  )

  it('never throw, name a place in the record, and keep to ten places each, whatever the model accepts', () => {
    fc.assert(
      fc.property(anyRecord(), (record) => {
        const findings = findQuality(record)
        for (const { path } of findings) expect(Object.keys(Record.shape)).toContain(path.split(/[.[]/)[0])
        const byRule = Map.groupBy(findings, ({ rule }) => rule)
        for (const [, places] of byRule) expect(places.length).toBeLessThanOrEqual(10)
      }),
      { numRuns: 300 },
    )
  })

  it('never throw for any form of a language tag', () => {
    const tag = fc.stringMatching(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,3}$/)
    fc.assert(
      fc.property(tag, tag, (title, name) => {
        qualityOf({ titles: [{ value: 'x', lang: title }], creators: [{ names: [{ value: 'x', lang: name }] }] })
      }),
      { numRuns: 1_000 },
    )
  })

  it('name the first ten of many places, so that one rule does not hide the others', () => {
    const descriptions = Array.from({ length: 200 }, () => ({ value: '要旨', type: 'Abstract' as const }))
    const findings = qualityOf({ descriptions, dates: [] })
    expect(findings.filter(({ rule }) => rule === 'lang.missing')).toHaveLength(10)
    expect(findings.map(({ rule }) => rule)).toContain('date.issued')
  })
})

describe('a check digit', () => {
  const agent = (scheme: 'ORCID' | 'ISNI' | 'ROR', value: string): Partial<RecordInput> => ({
    creators: [{ names: [{ value: '蔵', lang: 'ja' }], identifiers: [{ scheme, value }] }],
  })
  const source = (type: 'PISSN' | 'NCID' | 'ISBN', value: string): Partial<RecordInput> => ({
    sourceIdentifiers: [{ type, value }],
  })
  const registered: [string, (value: string) => Partial<RecordInput>, string][] = [
    ['ORCID', (value) => agent('ORCID', value), '0000-0000-1234-5672'],
    ['ISNI', (value) => agent('ISNI', value), '0000000012345672'],
    ['ROR', (value) => agent('ROR', value), '012345654'],
    ['ISSN', (value) => source('PISSN', value), '1234-5679'],
    ['NCID', (value) => source('NCID', value), 'AA12345672'],
    ['ISBN-10', (value) => source('ISBN', value), '123456789X'],
    ['ISBN-13', (value) => source('ISBN', value), '978-0-12-345678-6'],
  ]

  it.each(registered)('of an %s finds any digit that was mistyped', (_, record, value) => {
    expect(qualityOf(record(value))).toEqual([])
    for (const [place, character] of [...value].entries()) {
      if (!/\d/.test(character)) continue
      for (const other of '0123456789'.replace(character, '')) {
        const mistyped = value.slice(0, place) + other + value.slice(place + 1)
        expect(qualityOf(record(mistyped)).length, mistyped).toBe(1)
      }
    }
  })
})

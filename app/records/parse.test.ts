import { describe, expect, it } from 'vitest'
import { parseRecord } from './parse.ts'

const RECORD = { titles: [{ value: '蔵', lang: 'ja' }], type: { term: 'dataset' } }

describe('reading a record from JSON', () => {
  it('fills in the lists and tidies the values', () => {
    const { record, errors } = parseRecord({
      ...RECORD,
      titles: [{ value: ' 蔵\r\nの研究 ' }],
      volume: ' 12\n  上 ',
      identifiers: [{ value: ' https://kura.example/\n  1', type: 'URI' }],
    })
    expect(errors).toEqual([])
    expect(record).toMatchObject({
      titles: [{ value: '蔵\nの研究' }],
      volume: '12 上',
      identifiers: [{ value: 'https://kura.example/1', type: 'URI' }],
      creators: [],
    })
  })

  it.each([
    ['/', [], 'record.value', /is a list; must be an object/],
    ['type', { titles: RECORD.titles }, 'record.required', /is missing/],
    ['type.term', { ...RECORD, type: { term: 'novel' } }, 'record.term', /is "novel"; allowed are: .*book, book part/],
    [
      'titles[0].lang',
      { ...RECORD, titles: [{ value: '蔵', lang: '日' }] },
      'record.value',
      /a language tag such as ja/,
    ],
    ['creators[1].names[0].value', { ...RECORD, creators: [{}, { names: [{}] }] }, 'record.required', /is missing/],
    ['creators[0].orcid', { ...RECORD, creators: [{ orcid: '1' }] }, 'record.unknown', /is not a field/],
    ['languages', { ...RECORD, languages: 'jpn' }, 'record.value', /is "jpn"; must be a list/],
    ['datasetSeries', { ...RECORD, datasetSeries: 'yes' }, 'record.value', /must be true or false/],
    ['volume', { ...RECORD, volume: ' ' }, 'record.value', /must not be empty/],
    ['volume', { ...RECORD, volume: 'a\0' }, 'record.value', /characters that no format can carry/],
    ['volume', { ...RECORD, volume: '\ud800' }, 'record.value', /characters that no format can carry/],
    ['volume', { ...RECORD, volume: `a${' '.repeat(1_000_000)}b` }, 'record.value', /<=2000 characters/],
    ['dateGranted', { ...RECORD, dateGranted: '2025-02-29' }, 'record.value', /date of the calendar/],
    ['dateGranted', { ...RECORD, dateGranted: '0000' }, 'record.value', /date of the calendar/],
  ])('names %s as the place of the error', (path, json, rule, message) => {
    const { record, errors } = parseRecord(json)
    expect(record).toBeUndefined()
    expect(errors).toEqual([{ rule, path, message: expect.stringMatching(message) }])
  })
})

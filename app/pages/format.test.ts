import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { formatDate, formatDay, formatLanguage, formatMediaType, formatNumber, formatSize } from './format.ts'

describe('a date', () => {
  test.each([
    ['2026-03-18', '2026年3月18日', '18 March 2026'],
    ['2026-03', '2026年3月', 'March 2026'],
    ['2026', '2026年', '2026'],
    ['2026-04-01T09:00:00+09:00', '2026年4月1日 09:00:00+09:00', '1 April 2026 09:00:00+09:00'],
    ['1777/1830', '1777年 – 1830年', '1777 – 1830'],
    ['2025-04/', '2025年4月 –', 'April 2025 –'],
    ['/2025', '– 2025年', '– 2025'],
  ])('%s is written as people write it', (value, ja, en) => {
    expect(formatDate(value, 'ja')).toBe(ja)
    expect(formatDate(value, 'en')).toBe(en)
  })

  test('that is not in the calendar stays as it was written', () => {
    for (const value of ['2026-02-30', '2022-13-45', '安永6']) expect(formatDate(value, 'ja')).toBe(value)
  })

  test('keeps its year, month and day', () => {
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const figures = formatDate(iso, 'ja').match(/\d+/g)?.map(Number)
        expect(figures).toEqual(iso.split('-').map(Number))
      }),
    )
  })

  test('of a moment is the day where the institution is', () => {
    const moment = new Date('2026-04-01T16:00:00Z')
    expect(formatDay(moment, 'Asia/Tokyo', 'ja')).toBe('2026年4月2日')
    expect(formatDay(moment, 'UTC', 'en')).toBe('1 April 2026')
  })
})

describe('a figure', () => {
  test.each([
    [0, '0 バイト', '0 bytes'],
    [999, '999 バイト', '999 bytes'],
    [1_000, '1 KB', '1 kB'],
    [999_990, '1 MB', '1 MB'],
    [2_345_678, '2.3 MB', '2.3 MB'],
    [20_000_000_000, '20 GB', '20 GB'],
  ])('of %d bytes is in units that people know', (bytes, ja, en) => {
    expect(formatSize(bytes, 'ja')).toBe(ja)
    expect(formatSize(bytes, 'en')).toBe(en)
  })

  test('is grouped by thousands', () => {
    expect(formatNumber(83_632, 'ja')).toBe('83,632')
  })
})

test('languages are called by their names', () => {
  expect(formatLanguage('jpn', 'en')).toBe('Japanese')
  expect(formatLanguage('dut', 'ja')).toBe('オランダ語')
  expect(formatLanguage('zzz', 'ja')).toBe('zzz')
  expect(formatLanguage('no code', 'ja')).toBe('no code')
})

test('media types are called by what people know them as', () => {
  expect(formatMediaType('application/pdf')).toBe('PDF')
  expect(formatMediaType('text/csv')).toBe('CSV')
  expect(formatMediaType('application/x-of-our-own')).toBe('application/x-of-our-own')
})

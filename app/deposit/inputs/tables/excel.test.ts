import { describe, expect, it } from 'vitest'
import { brokenCell, lostDigits, mangledDate, perhapsDate } from './excel.ts'

describe('a date that a spreadsheet has changed is named, with what to write:', () => {
  it.each([
    ['2026/3/1', '2026-03-01'],
    ['2026/03/01', '2026-03-01'],
    ['2026/3', '2026-03'],
    ['2026/3/1 0:00', '2026-03-01'],
    ['2026-3-1', '2026-03-01'],
    ['2026-03-01 00:00:00', '2026-03-01'],
    ['2026.3.1', '2026-03-01'],
    ['20260301', '2026-03-01'],
    ['3/1/2026', 'which is the month'],
    ['01.03.26', 'which is the month'],
    ['1-Mar-26', 'took it for a date'],
    ['Mar-26', 'took it for a date'],
    ['March 1, 2026', 'took it for a date'],
    ['3月1日', 'took it for a date'],
    ['3/1', 'took it for a date'],
    ['46082', '2026-03-01, or 2030-03-02'],
    ['44,621', '2022-03-01'],
    ['46082.5', '2026-03-01'],
    ['2,026', '2026'],
    ['2026年3月1日', '2026-03-01'],
    ['２０２６年３月', '2026-03'],
    ['令和8年3月1日', '2026-03-01'],
    ['㋿8年3月1日', '2026-03-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['R8.3.1', '2026-03-01'],
    ['H30.4', '2018-04'],
    ['昭和64年1月7日', '1989-01-07'],
    ['平成31', undefined],
  ])('%s', (cell, part) => {
    if (part === undefined) expect(mangledDate(cell)).toBeUndefined()
    else expect(mangledDate(cell)).toContain(part)
  })

  it.each(['2026', '2026-03', '2026-03-01', '2025/2026', '2026-02-30', '2026-03-01/2026-03-05', 'about 1900'])(
    'but not %s',
    (cell) => expect(mangledDate(cell)).toBeUndefined(),
  )
})

describe('what else a spreadsheet does', () => {
  it.each(['#NAME?', '#REF!', '#DIV/0!', '#N/A', '########', '9.78E+12', '4E+15', ' #VALUE! '])(
    'names the cell %s',
    (cell) => expect(brokenCell(cell)).toContain(cell.trim()),
  )

  it.each(['=1+1', '#', '##', '#1 of 3', '1E5', 'E+12', '-', '@home'])('takes %s as text', (cell) =>
    expect(brokenCell(cell)).toBeUndefined(),
  )

  it.each([
    ['PISSN', '3785955'],
    ['EISSN', '378595X'],
    ['ISBN', '402999999'],
    ['ORCID', '218250097'],
    ['ISNI', '121,032,683'],
    ['e-Rad_Researcher', '123456'],
  ])('names an %s that lost its zeros: %s', (scheme, value) => expect(lostDigits(scheme, value)).toContain(value))

  it.each([
    ['PISSN', '0378-5955'],
    ['ISBN', '9784029999990'],
    ['ORCID', '0000-0000-0000-0001'],
    ['NCID', 'AA12345672'],
    ['DOI', '10'],
    ['constructor', '12'],
    ['e-Rad_Researcher', '00123456'],
  ])('leaves alone the %s %s', (scheme, value) => expect(lostDigits(scheme, value)).toBeUndefined())

  it('is suspected where a range of numbers looks like a day', () => {
    for (const cell of ['2-Jan', '1月2日', 'Mar-26']) expect(perhapsDate(cell)).toContain('such as 1-2')
    for (const cell of ['1-2', '12', '春', '3月号', 'e12']) expect(perhapsDate(cell)).toBeUndefined()
  })
})

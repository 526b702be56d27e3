import { shown } from '../../../records/index.ts'

/*
 * Spreadsheets turn what looks like a day or a number into one, and write it back in a form of their own. What was
 * typed cannot be known any more, so such a cell is never read: it is named, with what to write.
 */

/** What a whole cell holds where a spreadsheet failed to show it. */
const ERROR = /^#(NAME\?|REF!|VALUE!|DIV\/0!|N\/A|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)$/
const TOO_NARROW = /^#{3,}$/
const SCIENTIFIC = /^\d([.,]\d+)?E\+\d{1,3}$/i

/** What is wrong with a cell of any column. */
export function brokenCell(cell: string): string | undefined {
  const text = cell.trim()
  if (ERROR.test(text))
    return `is ${text}, an error of the spreadsheet: write the value as text, with an apostrophe before = or -`
  if (TOO_NARROW.test(text))
    return `is ${shown(text)}: Excel shows this where a column is too narrow; widen it and save the table again`
  if (SCIENTIFIC.test(text))
    return `is ${text}: Excel took a long row of digits for a number and cut it; make the column text and write it again`
  return undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = `(?<name>${MONTHS.join('|')})[a-z]*\\.?`
/** The year before the first of each era of Japan. */
const ERAS: { readonly [era: string]: number } = {
  ...{ 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 },
  ...{ r: 2018, h: 1988, s: 1925, t: 1911, m: 1867 },
}
const ERA = `(?<era>${Object.keys(ERAS).join('|')})`
const TIME = String.raw`(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?`

const WHOLE_DATE = [
  String.raw`(?<year>\d{4})[/.](?<month>\d{1,2})(?:[/.](?<day>\d{1,2}))?`,
  String.raw`(?<year>\d{4})-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?`,
  String.raw`(?<year>\d{4})(?<month>0[1-9]|1[0-2])(?<day>[0-3]\d)`,
  String.raw`(?<year>\d{4})年(?:(?<month>\d{1,2})月(?:(?<day>\d{1,2})日)?)?`,
  String.raw`${ERA}(?<eraYear>\d{1,2}|元)[年/.-](?:(?<month>\d{1,2})[月/.-]?(?:(?<day>\d{1,2})日?)?)?`,
].map((form) => new RegExp(`^${form}${TIME}$`, 'i'))
const TWO_READINGS = new RegExp(String.raw`^(?<a>\d{1,2})[/.-](?<b>\d{1,2})[/.-](?<year>\d{4}|\d{2})${TIME}$`)
const NAMED_MONTH = [
  new RegExp(String.raw`^\d{1,2}[- ]${MONTH}([- ]\d{2,4})?$`, 'i'),
  new RegExp(String.raw`^${MONTH}[- ]\d{1,4}(, ?\d{4})?$`, 'i'),
]
const DAY_AND_MONTH = /^\d{1,2}(月\d{1,2}日|\/\d{1,2})$/
const SERIAL = /^(\d{2}),?(\d{3})(\.\d+)?$/
const YEAR_WITH_COMMA = /^(\d),(\d{3})$/

/** What a spreadsheet has made of a day: what it did and what to write instead, in ISO 8601. */
export function mangledDate(cell: string): string | undefined {
  const text = cell.normalize('NFKC').trim()
  if (/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)) return undefined
  const is = `is ${shown(cell.trim())}`
  for (const form of WHOLE_DATE) {
    const groups = form.exec(text)?.groups
    if (groups) return `${is}, the way a spreadsheet shows a date; write ${iso(groups)} if that is what is meant`
  }
  if (TWO_READINGS.test(text))
    return `${is}, where Excel's country decides which is the month; write year, month and day as in 2026-03-01`
  if (NAMED_MONTH.some((form) => form.test(text)) || DAY_AND_MONTH.test(text))
    return `${is}: Excel took it for a date and shows only a part of it; write year, month and day as in 2026-03-01 or 2026-03`
  const [, thousands, units] = SERIAL.exec(text) ?? []
  if (thousands !== undefined)
    return `${is}, the number of a day in Excel (${numbered(Number(thousands + units))}); write the day as in 2026-03-01`
  if (YEAR_WITH_COMMA.test(text))
    return `${is}, a year taken for a number; write ${text.replace(',', '')} if that is meant`
  return undefined
}

function iso({ year, era, eraYear, month, day }: { [name: string]: string | undefined }): string {
  const first = era === undefined ? Number(year) : Number(ERAS[era.toLowerCase()])
  const counted = era === undefined ? first : first + (eraYear === '元' ? 1 : Number(eraYear))
  return [String(counted).padStart(4, '0'), month?.padStart(2, '0'), day?.padStart(2, '0')]
    .filter((part) => part !== undefined)
    .join('-')
}

const DAY = 86_400_000

/** Excel counts from 1900, and thinks that it was a leap year; in some tables from 1904. */
function numbered(days: number): string {
  const from = (start: number) => new Date(start + days * DAY).toISOString().slice(0, 10)
  return `${from(Date.UTC(1899, 11, 30))}, or ${from(Date.UTC(1904, 0, 1))} in a table that counts from 1904`
}

/** What a spreadsheet may have made of a range such as 1-2, where a volume or page stands: a guess, so only a warning. */
export function perhapsDate(cell: string): string | undefined {
  const text = cell.normalize('NFKC').trim()
  if (!NAMED_MONTH.some((form) => form.test(text)) && !/^\d{1,2}月\d{1,2}日$/.test(text)) return undefined
  return `is ${shown(text)}: did Excel make a date of a range such as 1-2? Then make the column text and write it again`
}

const ISSN = { all: 8, looks: 'four and four digits with a hyphen' }
/** Identifiers that lose zeros when they are taken for a number: how many characters they have. */
const DIGITS = new Map([
  ['ISSN', ISSN],
  ['PISSN', ISSN],
  ['EISSN', ISSN],
  ['ISBN', { all: 10, looks: '10 or 13 digits' }],
  ['ORCID', { all: 16, looks: 'four times four digits with hyphens' }],
  ['ISNI', { all: 16, looks: '16 digits' }],
  ['e-Rad_Researcher', { all: 8, looks: 'eight digits' }],
])

/** Whether an identifier was a number for a while: digits alone, and fewer than it has. */
export function lostDigits(scheme: string, value: string): string | undefined {
  const known = DIGITS.get(scheme)
  if (!known || !/^\d[\d,]*X?$/.test(value)) return undefined
  const { length } = value.replaceAll(',', '')
  if (length >= known.all && !value.includes(',')) return undefined
  return `is ${value}: a spreadsheet took the ${scheme} for a number, and zeros before it are lost; make the column text and write ${known.looks}`
}

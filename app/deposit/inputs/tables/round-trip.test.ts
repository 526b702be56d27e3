import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/property.ts'
import { encode, toCsv } from '../../../../test/support/tables.ts'
import { Record } from '../../../records/model.ts'
import { anyRecord } from '../../../records/record.arbitrary.ts'
import { noFiles } from '../../incoming.ts'
import { splitCell } from './cells.ts'
import { cellsOf } from './cells-of.ts'
import { readTable } from './table.ts'

const read = (body: Uint8Array, separator = ',') =>
  Array.fromAsync(readTable(inPieces(body), { separator, charset: undefined, files: noFiles }))

/** The bytes in small pieces, so that characters and rows are cut anywhere. */
async function* inPieces(body: Uint8Array) {
  for (let at = 0; at < body.length; at += 1_000) yield body.subarray(at, at + 1_000)
}

/**
 * What a table can say of a record: nothing that is empty, no character that stands for a lost one, and no identifier
 * that looks like a number with its zeros gone.
 */
function sayable(record: Record): Record {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('\ufffd', '?') || undefined
    if (Array.isArray(value)) return value.map((member) => visit(member)).filter((member) => member !== undefined)
    if (typeof value !== 'object' || value === null) return value
    const parts = Object.entries(value).flatMap(([name, part]) => {
      const said = name === 'value' && part === '' ? 'x' : visit(part)
      return said === undefined || (Array.isArray(said) && said.length === 0) ? [] : [[name, said]]
    })
    const object = Object.fromEntries(parts)
    const kind = object.scheme ?? object.type
    if (/ISSN|ISBN|ORCID|ISNI|e-Rad/.test(kind) && /^[\dX,]+$/.test(object.value)) object.value = `no. ${object.value}`
    return parts.length === 0 ? undefined : object
  }
  const said = visit(record) as Record
  const funders = (said.fundingReferences ?? []).filter(({ funderNames }) => funderNames !== undefined)
  return Record.parse({ ...said, fundingReferences: funders })
}

/** Languages that can stand in brackets: others need a column. */
const languages = (path: string) =>
  path.endsWith('.lang') ? fc.constantFrom('ja', 'en', 'ja-Kana', 'fra', 'zh-cn') : undefined

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'cp932'] as const

describe('a record written as a row', () => {
  it('is read back from it, in every encoding, with and without mark, separator and line break', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecord(languages).map(sayable),
        fc.constantFrom(...encodings),
        fc.boolean(),
        fc.constantFrom(',', '\t'),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.func(fc.boolean()),
        async (record, wanted, mark, separator, lineBreak, inBrackets) => {
          const cells = { source: 'one', ...cellsOf(record, inBrackets) }
          const csv = toCsv([Object.keys(cells), Object.values(cells)], separator, lineBreak)
          // CP932 lacks most characters, and has no mark.
          const encoding = encode(csv, wanted) ? wanted : 'utf-8'
          const text = mark && encoding !== 'cp932' ? `\ufeff${csv}` : csv
          const [incoming, ...others] = await read(encode(text, encoding) as Buffer, separator)
          expect(others).toEqual([])
          expect(incoming?.reading.errors).toEqual([])
          expect(incoming?.source).toBe('one')
          expect(incoming?.reading.record).toEqual(record)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('values joined in one cell', () => {
  const join = (values: string[]) =>
    values
      .map((value, at) => value.replace(/(\\*)\|/g, '$1$1\\|').replace(/\\+$/, at < values.length - 1 ? '$&$&' : '$&'))
      .join('|')

  it('are the same when they are split', () => {
    const value = fc.string({ unit: fc.constantFrom('|', '\\', 'a', '蔵') })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        expect(splitCell(join(values))).toEqual(values)
      }),
    )
  })

  it.each([
    ['水路|町並み', ['水路', '町並み']],
    [' a | b ', ['a', 'b']],
    ['a||c', ['a', '', 'c']],
    [String.raw`f(x\|y)|z`, ['f(x|y)', 'z']],
    [String.raw`\alpha \\ \beta`, [String.raw`\alpha \\ \beta`]],
    [String.raw`C:\\|D:\\`, ['C:\\', 'D:\\\\']],
  ])('%j are %j', (cell, values) => expect(splitCell(cell)).toEqual(values))
})

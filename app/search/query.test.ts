import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { findsWithout, negate, parseQuery, type Query, wordsIn } from './query.ts'

const show = (query: Query | undefined): string => {
  if (query === undefined) return 'nothing'
  if (query.kind === 'word') return `${query.not ? '!' : ''}${query.field ? `${query.field}:` : ''}${query.text}`
  return `(${query.parts.map(show).join(query.kind === 'all' ? ' & ' : ' | ')})`
}

/** What readers type, and what nobody should. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc
    .array(
      fc.constantFrom(
        'AND',
        'OR',
        'NOT',
        '(',
        ')',
        '-',
        '"',
        '「',
        '」',
        'title:',
        '著者：',
        '海',
        'sea',
        '　',
        ' ',
        ' ',
        '!',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
)
const depth = (query: Query): number => (query.kind === 'word' ? 0 : 1 + Math.max(...query.parts.map(depth)))
const count = (query: Query): number =>
  query.kind === 'word' ? 1 : query.parts.reduce((sum, part) => sum + count(part), 0)

describe('what a reader types', () => {
  it.each([
    ['a b', '(a & b)'],
    ['a　b', '(a & b)'],
    ['"a b" c', '(a b & c)'],
    ['「研究 基盤」東京', '(研究 基盤 & 東京)'],
    ['＂a b＂ “c d” 『e f』', '(a b & c d & e f)'],
    ['a OR b c', '(a | (b & c))'],
    ['(a OR b) AND c', '((a | b) & c)'],
    ['a -b NOT c', '(a & !b & !c)'],
    ['a －「b c」', '(a & !b c)'],
    ['NOT (a OR b)', '(!a & !b)'],
    ['NOT NOT a', 'a'],
    ['title:a Title:b タイトル：c', '(title:a & title:b & title:c)'],
    ['著者:(山田 OR 鈴木)', '(creator:山田 | creator:鈴木)'],
    ['subject:"a b" -source:c', '(subject:a b & !source:c)'],
    ['e-learning', 'e-learning'],
    ['and or not', '(and & or & not)'],
    ['https://doi.org/10.99999/x', 'https://doi.org/10.99999/x'],
  ])('%s', (typed, read) => {
    expect(show(parseQuery(typed))).toBe(read)
  })

  it.each([
    ['', 'nothing'],
    ['!? … ()', 'nothing'],
    ['OR', 'OR'],
    ['a AND', '(a & AND)'],
    ['a OR OR b', '((a & OR) | b)'],
    ['NOT', 'NOT'],
    ['- a', 'a'],
    ['"a', 'a'],
    ['a" b', '(a & b)'],
    ['「a', 'a'],
    ['((a', 'a'],
    ['a) b', '(a & b)'],
    ['title:', 'title:'],
    ['title: a', '(title: & a)'],
    ['nofield:a', 'nofield:a'],
  ])('means something also where it is not finished: %s', (typed, read) => {
    expect(show(parseQuery(typed))).toBe(read)
  })

  it('is never an error, and never costs more than is allowed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const query = parseQuery(text)
        if (!query) return
        expect(count(query)).toBeLessThanOrEqual(30)
        expect(depth(query)).toBeLessThanOrEqual(25)
        expect(wordsIn(query).length).toBeLessThanOrEqual(count(query))
      }),
    )
    for (const text of [
      'a '.repeat(5_000),
      '('.repeat(5_000),
      'NOT '.repeat(250),
      `${'-('.repeat(400)}a`,
      'title:'.repeat(200),
    ])
      expect(() => parseQuery(text)).not.toThrow()
  })

  it('can be turned into its opposite and back', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const query = parseQuery(text)
        if (!query) return
        expect(negate(negate(query))).toEqual(query)
        expect(findsWithout(negate(query))).toBe(!findsWithout(query))
      }),
    )
  })
})

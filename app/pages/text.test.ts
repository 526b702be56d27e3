import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { arrange, langAttribute, preferred } from './text.ts'

const ja = { value: '潮位', lang: 'ja' }
const kana = { value: 'チョウイ', lang: 'ja-Kana' }
const latin = { value: 'choi', lang: 'ja-Latn' }
const en = { value: 'tides', lang: 'en' }
const unmarked = { value: 'marea' }

describe('the text for a reader', () => {
  test('is the one in the language of the page', () => {
    expect(preferred([en, kana, ja], 'ja')).toBe(ja)
    expect(preferred([ja, kana, en], 'en')).toBe(en)
  })

  test('is the other language rather than a reading of the own', () => {
    expect(preferred([kana, en], 'ja')).toBe(en)
    expect(preferred([latin, ja], 'en')).toBe(ja)
  })

  test('is a reading where there is nothing else, and nothing where there is nothing', () => {
    expect(preferred([kana, latin], 'en')).toBe(kana)
    expect(preferred([], 'en')).toBeUndefined()
    expect(preferred([{ value: '', lang: 'en' }, ja], 'en')).toBe(ja)
  })

  test('may be marked as of a region, or not at all', () => {
    const british = { value: 'tides', lang: 'en-GB' }
    expect(preferred([ja, british], 'en')).toBe(british)
    expect(preferred([unmarked], 'ja')).toBe(unmarked)
  })

  test('comes with the same in other languages and with its readings', () => {
    const second = { value: '潮汐', lang: 'ja' }
    expect(arrange([en, ja, kana, second, latin], 'ja')).toEqual({
      chosen: [ja, second],
      others: [en],
      readings: [kana, latin],
    })
  })

  test('leaves none of the others behind', () => {
    const text = fc.record({
      value: fc.string({ minLength: 1 }),
      lang: fc.option(fc.constantFrom('ja', 'en', 'ja-Kana', 'ja-Latn', 'zh-cn', 'en-US'), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(text), fc.constantFrom('ja' as const, 'en' as const), (texts, language) => {
        const { chosen, others, readings } = arrange(texts, language)
        expect(new Set([...chosen, ...others, ...readings])).toEqual(new Set(texts))
        expect(chosen.length + others.length + readings.length).toBe(texts.length)
        expect(chosen.length > 0).toBe(texts.length > 0)
      }),
    )
  })
})

describe('the lang attribute', () => {
  test('marks what is not in the language of the page', () => {
    expect(langAttribute('en', 'ja')).toBe('en')
    expect(langAttribute('ja-Kana', 'ja')).toBe('ja-Kana')
    expect(langAttribute('zh-cn', 'ja')).toBe('zh-CN')
  })

  test('is left out where it would repeat the language of the page or say nothing', () => {
    expect(langAttribute('ja', 'ja')).toBeUndefined()
    expect(langAttribute(undefined, 'ja')).toBeUndefined()
    expect(langAttribute('', 'ja')).toBeUndefined()
    expect(langAttribute('no language', 'ja')).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../../test/support/dissemination.ts'
import type { Dissemination } from '../../../items/dissemination.ts'
import { Record, type RecordInput } from '../../model.ts'
import { works } from './cited.examples.ts'
import { expected } from './expected.examples.ts'
import { type CitationStyle, citationStyles, cite } from './index.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵リポジトリ', en: 'Kura Repository' } }

/** A citation with its italics between asterisks. */
function cited(work: RecordInput, style: CitationStyle, language: 'ja' | 'en', others: Partial<Dissemination> = {}) {
  const runs = cite(disseminationOf(Record.parse(work), others), style, language, repository)
  return runs.map(({ text, italic }) => (italic ? `*${text}*` : text)).join('')
}

const article = works.article as RecordInput
const by = (...names: string[]) => ({
  ...article,
  creators: names.map((value) => ({ names: [{ value, lang: 'en' }] })),
})
const authors = (count: number) => Array.from({ length: count }, (_, index) => `Family${index + 1}, Given`)

describe.each(citationStyles)('in %s', (style) => {
  it.each(Object.keys(works))('a work is cited by its kind: %s', (kind) => {
    const work = works[kind] as RecordInput
    expect([cited(work, style, 'ja'), cited(work, style, 'en')]).toEqual(expected[style][kind])
  })
})

describe('authors', () => {
  it.each([
    ['apa', 20, /^Family1, G\., .*, Family19, G\., & Family20, G\. \(2020\)/],
    ['apa', 21, /^Family1, G\., .*, Family19, G\., \. \. \. Family21, G\. \(2020\)/],
    ['mla', 3, /^Family1, Given, et al\. “/],
    ['chicago', 10, /^Family1, Given, Given Family2, .*, and Given Family10\. 2020/],
    ['chicago', 11, /^Family1, Given, .*, Given Family7, et al\. 2020/],
    ['ieee', 6, /^G\. Family1, .*, and G\. Family6, “/],
    ['ieee', 7, /^G\. Family1 et al\., “/],
    ['vancouver', 6, /^Family1 G, .*, Family6 G\. Changes/],
    ['vancouver', 1_000, /^Family1 G, .*, Family6 G, et al\. Changes/],
    ['sist02', 3, /^Family1, Given; Family2, Given; Family3, Given\. Changes/],
    ['sist02', 4, /^Family1, Given; Family2, Given; Family3, Given et al\. Changes/],
  ] as const)('in %s, %i of them, are named as far as the style names them', (style, count, form) => {
    expect(cited(by(...authors(count)), style, 'en')).toMatch(form)
  })

  it('with Japanese names are family and given name in one, and others are ほか', () => {
    const names = ['鈴木, 一', '佐藤, 二', '高橋, 三', '田中, 四'].map((value) => ({ names: [{ value, lang: 'ja' }] }))
    expect(cited({ ...article, creators: names }, 'sist02', 'ja')).toMatch(/^鈴木一, 佐藤二, 高橋三ほか\. /)
    expect(cited({ ...article, creators: names }, 'mla', 'ja')).toMatch(/^鈴木一ほか\. /)
    // A name that has no other form stays as it is in English too.
    expect(cited({ ...article, creators: names.slice(0, 1) }, 'apa', 'en')).toMatch(/^鈴木一 \(2020\)/)
  })

  it.each([
    ['Suzuki, Jean-Paul T.', 'Suzuki, J.-P. T. (2020)'],
    ["Natsume, Jun'ichi", 'Natsume, J. (2020)'],
    ['van der Berg, Jan', 'van der Berg, J. (2020)'],
    ['スミス, ジョン', 'スミス ジョン (2020)'],
    ['Plato', 'Plato (2020)'],
  ])('are shortened to initials where they have any: %s', (name, form) => {
    expect(cited(by(name), 'apa', 'en')).toContain(form)
  })

  it('which are organisations stay whole, whatever commas they have', () => {
    const creators = [{ names: [{ value: 'Fictional University, Kura', type: 'Organizational' as const }] }]
    expect(cited({ ...article, creators }, 'vancouver', 'en')).toMatch(/^Fictional University, Kura\. /)
  })

  it('are told apart by the record where it does so, without a comma', () => {
    const named = { names: [{ value: 'Taro Suzuki', lang: 'en' }] }
    const parts = { familyNames: [{ value: 'Suzuki', lang: 'en' }], givenNames: [{ value: 'Taro', lang: 'en' }] }
    expect(cited({ ...article, creators: [{ ...named, ...parts }] }, 'apa', 'en')).toMatch(/^Suzuki, T\. /)
  })
})

describe('a work', () => {
  it('without a Japanese title is cited in English on a Japanese page', () => {
    const work = { ...article, titles: [{ value: 'Changes of the tide', lang: 'en' }] }
    expect(cited(work, 'apa', 'ja')).toBe(cited(work, 'apa', 'en'))
  })

  it('with no other title keeps its Japanese one in English, among names in English', () => {
    const work = { ...article, titles: [{ value: '潮位の変化', lang: 'ja' }] }
    expect(cited(work, 'ieee', 'en')).toMatch(/^T\. Suzuki and H\. M\. Sato, “潮位の変化,” /)
  })

  it('with a mark at the end of its title has no other behind it', () => {
    const work = { ...article, titles: [{ value: 'Who counts?', lang: 'en' }] }
    expect(cited(work, 'vancouver', 'en')).toContain('Who counts? Bulletin')
    expect(cited(work, 'mla', 'en')).toContain('“Who counts?” ')
  })

  it('of which a version is cited is cited by the address of the version', () => {
    const version = { version: 2, madeAt: new Date(), url: 'https://kura.example/items/7/versions/2' }
    for (const style of citationStyles) {
      const text = cited(article, style, 'en', { version, url: version.url })
      expect(text).toContain(version.url)
      expect(text).not.toContain('10.99999')
    }
  })

  it('has a link to its DOI that a browser can follow', () => {
    const identifiers = [{ type: 'DOI' as const, value: 'doi:10.99999/a<b>#c' }]
    expect(cited({ ...article, identifiers }, 'apa', 'en')).toMatch(/https:\/\/doi\.org\/10\.99999\/a%3Cb%3E%23c$/)
  })
})

import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../test/support/dissemination.ts'
import type { DisseminatedFile } from '../../items/dissemination.ts'
import { Record, type RecordInput } from '../model.ts'
import { citationTags } from './citation-tags.ts'
import { works } from './citations/cited.examples.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵リポジトリ', en: 'Kura Repository' } }
const tags = (work: RecordInput, files: DisseminatedFile[] = []) =>
  citationTags(disseminationOf(Record.parse(work), { files }), repository).map(
    ({ name, content }) => `${name}: ${content}`,
  )
const said = (name: string, ...given: Parameters<typeof tags>) =>
  tags(...given).flatMap((tag) => (tag.startsWith(`${name}: `) ? tag.slice(name.length + 2) : []))

const article = works.article as RecordInput
const pdf: DisseminatedFile = {
  name: 'a.pdf',
  label: 'a.pdf',
  url: 'https://kura.example/items/7/files/a.pdf',
  access: 'open',
  readable: true,
  type: 'application/pdf',
}

describe('an article', () => {
  it('is said in the language of its first title, with days as YYYY/MM/DD', () => {
    expect(tags(article)).toEqual([
      'citation_title: 潮位の変化',
      'citation_author: 鈴木, 太郎',
      'citation_author: 佐藤, 花子',
      'citation_publication_date: 2020/03/18',
      'citation_online_date: 2026/04/01',
      'citation_journal_title: 架空大学紀要',
      'citation_volume: 12',
      'citation_issue: 3',
      'citation_firstpage: 34',
      'citation_lastpage: 57',
      'citation_doi: 10.99999/kura.7',
      'citation_abstract_html_url: https://kura.example/items/7',
      'DC.type: departmental bulletin paper',
    ])
  })

  it('has behind each author what belongs to this one', () => {
    const affiliations = [{ names: [{ value: 'Fictional University', lang: 'en' }] }]
    const identifiers = [{ value: 'https://orcid.org/0000-0000-0000-0001', scheme: 'ORCID' as const }]
    const creators = [{ names: [{ value: 'One, A.' }], affiliations, identifiers }, { names: [{ value: 'Two, B.' }] }]
    expect(tags({ ...article, creators }).slice(1, 5)).toEqual([
      'citation_author: One, A.',
      'citation_author_institution: Fictional University',
      'citation_author_orcid: 0000-0000-0000-0001',
      'citation_author: Two, B.',
    ])
  })

  it('has its supervisors and editors among no authors', () => {
    const contributors = [{ type: 'Supervisor' as const, names: [{ value: 'Three, C.' }] }]
    expect(said('DC.contributor', { ...article, contributors })).toEqual(['Three, C.'])
    expect(said('citation_author', { ...article, contributors })).not.toContain('Three, C.')
  })

  it('has a licence by its address', () => {
    const rights = [{ value: '', uri: 'http://creativecommons.org/licenses/by/4.0/deed.ja' }]
    expect(said('DC.rights', { ...article, rights })).toEqual(['https://creativecommons.org/licenses/by/4.0/'])
  })
})

describe('the PDF', () => {
  it('is the first that everybody may read', () => {
    const files = [
      { ...pdf, access: 'closed' as const, readable: false, url: `${pdf.url}1` },
      { ...pdf, type: 'text/csv', url: `${pdf.url}2` },
      { ...pdf, type: 'application/pdf; version=1.7', url: `${pdf.url}3` },
      pdf,
    ]
    expect(said('citation_pdf_url', article, files)).toEqual([`${pdf.url}3`])
  })

  it.each([
    ['a link elsewhere', { access: 'link' as const, url: 'https://elsewhere.example/a.pdf' }],
    ['one under embargo', { access: 'embargoed' as const, readable: false }],
    ['one that only staff may have, to staff', { access: 'signed-in' as const }],
  ])('is never %s', (_, others) => {
    expect(said('citation_pdf_url', article, [{ ...pdf, ...others }])).toEqual([])
  })
})

it.each([
  ['thesis', 'citation_dissertation_institution: 架空大学'],
  ['report', 'citation_technical_report_institution: 架空研究所'],
  ['report', 'citation_technical_report_number: 5'],
  ['conference paper', 'citation_conference_title: 架空潮位会議論文集'],
  ['presentation', 'citation_conference_title: 架空潮位会議'],
  ['chapter', 'citation_inbook_title: 潮の本'],
])('of a %s it is said: %s', (kind, tag) => {
  expect(tags(works[kind] as RecordInput)).toContain(tag)
})

it('keywords are words, each once, and no codes', () => {
  const subjects = [
    { value: 'tides', lang: 'en', scheme: 'Other' as const },
    { value: 'tides', scheme: 'LCSH' as const },
    { value: '452.6', scheme: 'NDC' as const },
    { value: 'シオ', lang: 'ja-Kana', scheme: 'Other' as const },
  ]
  expect(said('citation_keywords', { ...article, subjects })).toEqual(['tides'])
})

import type { RecordInput } from '../../model.ts'

const person = (ja: string, en: string) => ({
  names: [
    { value: ja, lang: 'ja' },
    { value: en, lang: 'en' },
  ],
})
const both = (ja: string, en: string) => [
  { value: ja, lang: 'ja' },
  { value: en, lang: 'en' },
]
const suzuki = person('鈴木, 太郎', 'Suzuki, Taro')
const sato = person('佐藤, 花子', 'Sato, Hanako M.')
const issued = (value: string) => [{ value, type: 'Issued' as const }]
const doi = [{ value: 'https://doi.org/10.99999/kura.7', type: 'DOI' as const }]

/** Made-up works, one of each kind that styles treat differently. */
export const works: { readonly [kind: string]: RecordInput } = {
  article: {
    titles: both('潮位の変化', 'Changes of the tide'),
    creators: [suzuki, sato],
    type: { term: 'departmental bulletin paper' },
    dates: issued('2020-03-18'),
    sourceTitles: both('架空大学紀要', 'Bulletin of Fictional University'),
    volume: '12',
    issue: '3',
    pageStart: '34',
    pageEnd: '57',
    identifiers: doi,
  },
  book: {
    titles: both('潮の本', 'The book of tides'),
    creators: [suzuki],
    type: { term: 'book' },
    dates: issued('2019'),
    editions: [{ value: '2' }],
    publisherDetails: [{ names: both('架空出版', 'Fictional Press'), locations: both('東京', 'Tokyo') }],
    numPages: '221',
  },
  chapter: {
    titles: both('満ち潮', 'Rising tide'),
    creators: [suzuki],
    contributors: [{ ...sato, type: 'Editor' }],
    type: { term: 'book part' },
    dates: issued('2019'),
    sourceTitles: both('潮の本', 'The book of tides'),
    publishers: both('架空出版', 'Fictional Press'),
    pageStart: '12',
    pageEnd: '43',
  },
  'conference paper': {
    titles: both('潮の測り方', 'How to measure tides'),
    creators: [suzuki, sato],
    type: { term: 'conference paper' },
    dates: issued('2021-09'),
    sourceTitles: both('架空潮位会議論文集', 'Proceedings of the Fictional Conference on Tides'),
    pageStart: '5',
  },
  presentation: {
    titles: both('潮の聞き方', 'How to listen to tides'),
    creators: [suzuki],
    type: { term: 'conference presentation' },
    dates: issued('2021-09-01'),
    conferences: [{ names: both('架空潮位会議', 'Fictional Conference on Tides'), places: both('横浜', 'Yokohama') }],
  },
  thesis: {
    titles: both('潮の研究', 'A study of tides'),
    creators: [suzuki],
    type: { term: 'doctoral thesis' },
    dateGranted: '2017-03-25',
    degreeGrantors: [{ names: both('架空大学', 'Fictional University') }],
  },
  dataset: {
    titles: both('潮位データ', 'Tide data'),
    creators: [{ names: [{ value: 'Fictional Tide Observatory, Kura', lang: 'en', type: 'Organizational' }] }],
    type: { term: 'observational data' },
    dates: issued('2022-07-01'),
    version: '1.2',
    identifiers: doi,
  },
  software: {
    titles: [{ value: 'Tidecount', lang: 'en' }],
    creators: [suzuki],
    type: { term: 'software' },
    dates: issued('2023'),
    version: '0.9',
  },
  report: {
    titles: both('潮位の報告', 'Report on tides'),
    creators: [suzuki],
    type: { term: 'technical report' },
    dates: issued('2018'),
    sourceTitles: both('架空研究所報告', 'Fictional Institute Reports'),
    issue: '5',
    publishers: both('架空研究所', 'Fictional Institute'),
  },
  other: {
    titles: both('潮の絵', 'A picture of tides'),
    creators: [suzuki],
    type: { term: 'still image' },
    dates: [{ value: '1890', type: 'Created' }],
  },
  nobody: { titles: [{ value: 'Who counts the tides?', lang: 'en' }], type: { term: 'other' } },
}

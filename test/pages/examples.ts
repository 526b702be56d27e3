import type { DisseminatedFile, Dissemination } from '../../app/items/dissemination.ts'
import type { PageContext } from '../../app/pages/page.ts'
import { Record, type RecordInput } from '../../app/records/model.ts'
import { type Language, Settings } from '../../app/tenancy/schema.ts'

/** What tests of pages are made from: an institution, the fullest record and the emptiest, and items of them. */

const URL = 'https://repository.minato.example'

export const bilingual = Settings.parse({
  name: { ja: 'みなと大学学術リポジトリ', en: 'Minato University Repository' },
  languages: ['ja', 'en'],
  colour: '#1a5276',
  welcome: {
    ja: 'みなと大学の研究と教育の成果を、どなたにも読んでいただけます。',
    en: 'Research and teaching of Minato University, open to everyone.',
  },
  about: {
    ja: '# 目的\n\nみなと大学の**研究成果**を\n公開しています。\n\n- 論文\n- 紀要\n\n| 種類 | 言語 |\n|---|---|\n| 論文 | 日本語 |',
    en: '# Purpose\n\nWe publish the **research** of Minato University. [More](https://www.minato.example/)',
  },
  policies: { ja: '登録できるのは本学の構成員です。' },
  contact: 'library@minato.example',
  partOf: {
    label: { ja: 'みなと大学附属図書館', en: 'Minato University Library' },
    url: 'https://library.minato.example/',
  },
  links: [
    { label: { ja: 'みなと大学', en: 'Minato University' }, url: 'https://www.minato.example/' },
    { label: { ja: '図書館（日本語のみ）' }, url: 'https://library.minato.example/' },
  ],
})

export const japaneseOnly = Settings.parse({
  name: { ja: 'やまのべ短期大学リポジトリ' },
  languages: ['ja'],
  colour: '#f4d03f',
  contact: 'tosho@yamanobe.example',
})

export const pageIn = (language: Language, path = '/items/1', institution = bilingual): PageContext => ({
  institution,
  url: URL,
  timeZone: 'Asia/Tokyo',
  language,
  path,
})

const both = (ja: string, en: string) => [
  { value: ja, lang: 'ja' },
  { value: en, lang: 'en' },
]
const university = {
  identifiers: [{ scheme: 'ROR' as const, value: 'https://ror.org/05dnene97' }],
  names: both('みなと大学 海洋学部', 'School of Marine Science, Minato University'),
}

/** Every element of the model, each with a value of its own. */
export const fullRecord = Record.parse({
  titles: [
    { value: '港湾都市における潮位観測記録の長期変動とその復元', lang: 'ja' },
    { value: 'コウワン トシ ニオケル チョウイ カンソク キロク ノ チョウキ ヘンドウ ト ソノ フクゲン', lang: 'ja-Kana' },
    { value: 'Long-term changes in tide records of harbour cities, and how they were restored', lang: 'en' },
  ],
  alternativeTitles: both('潮位観測百年', 'A Century of Tides'),
  creators: [
    {
      type: '著',
      identifiers: [
        { scheme: 'ORCID', value: '0000-0001-2345-6789', uri: 'https://orcid.org/0000-0001-2345-6789' },
        { scheme: 'e-Rad_Researcher', value: '90123456' },
      ],
      names: [...both('湊, 渚', 'Minato, Nagisa'), { value: 'ミナト, ナギサ', lang: 'ja-Kana' }],
      familyNames: both('湊', 'Minato'),
      givenNames: both('渚', 'Nagisa'),
      alternativeNames: both('湊, 波子', 'Minato, Namiko'),
      affiliations: [university],
    },
    { names: both('磯部, 潮', 'Isobe, Ushio'), affiliations: [university] },
    { familyNames: both('沖', 'Oki'), givenNames: both('遥', 'Haruka') },
  ],
  contributors: [
    { type: 'Editor', names: both('灯台, 守', 'Todai, Mamoru'), identifiers: [{ scheme: 'VIAF', value: '1234567' }] },
    { names: [{ value: '潮位研究会', lang: 'ja', type: 'Organizational' }] },
  ],
  accessRights: { term: 'open access' },
  rights: [
    {
      value: 'クリエイティブ・コモンズ 表示 4.0 国際',
      lang: 'ja',
      uri: 'https://creativecommons.org/licenses/by/4.0/deed.ja',
    },
    {
      value: 'Creative Commons Attribution 4.0 International',
      lang: 'en',
      uri: 'https://creativecommons.org/licenses/by/4.0/',
    },
  ],
  rightsHolders: [
    {
      names: both('みなと大学出版会', 'Minato University Press'),
      identifiers: [{ scheme: 'ISNI', value: '0000000123456789' }],
    },
  ],
  subjects: [
    ...both('潮位', 'tide level').map((text) => ({ ...text, scheme: 'Other' as const })),
    { value: '復元', lang: 'ja', scheme: 'Other' },
    { value: '452.6', scheme: 'NDC', uri: 'https://subjects.example/ndc/452.6' },
    { value: 'Tide gauges', lang: 'en', scheme: 'LCSH' },
  ],
  descriptions: [
    { value: '測器の交換をまたいで記録をつなぐ方法。', lang: 'ja', type: 'Methods' },
    {
      value:
        '三つの港湾都市に残る百年分の潮位観測記録を集め、測器と観測地点の変遷をたどって一つの系列に復元した。欠測は近隣の検潮所との相関から補い、その不確かさを月ごとに示した。\n復元した系列からは、埋立ての進んだ時期に潮差が小さくなったことが読みとれる。',
      lang: 'ja',
      type: 'Abstract',
    },
    {
      value:
        'A hundred years of tide records from three harbour cities were gathered and restored to one series, following the changes of instruments and sites.',
      lang: 'en',
      type: 'Abstract',
    },
    { value: '第1章 記録の所在\n第2章 復元の方法', lang: 'ja', type: 'TableOfContents' },
    { value: 'NetCDF 4', lang: 'en', type: 'TechnicalInfo' },
    { value: '附図 3 枚', lang: 'ja', type: 'Other' },
  ],
  publishers: both('みなと大学海洋学部', 'Faculty of Marine Science, Minato University'),
  publisherDetails: [
    {
      names: [{ value: '汐見屋, 帆兵衛', lang: 'ja' }],
      descriptions: [{ value: '巻之一', lang: 'ja' }],
      locations: [{ value: '長崎', lang: 'ja' }],
      places: ['JPN'],
    },
  ],
  dates: [
    { value: '2026-03-18', type: 'Issued' },
    { value: '1921/2020', type: 'Collected' },
    { value: '2026-02-30', type: 'Accepted' },
    { value: '2026-04-01T09:00:00+09:00', type: 'Available' },
  ],
  dateTexts: [{ value: '令和八年弥生', lang: 'ja' }],
  languages: ['jpn', 'eng'],
  type: { term: 'departmental bulletin paper' },
  version: '2.1.0',
  versionType: { term: 'VoR' },
  apc: 'Partially waived',
  identifiers: [
    { type: 'DOI', value: 'https://doi.org/10.99999/minato.12.3.45' },
    { type: 'HDL', value: 'https://hdl.handle.net/20.500.99999/1234' },
    { type: 'URI', value: 'https://tides.example/records/7' },
  ],
  identifierRegistration: { agency: 'JaLC', value: '10.99999/minato.12.3.45' },
  relations: [
    {
      type: 'isPartOf',
      identifier: { type: 'NCID', value: 'AN00123456' },
      titles: both('みなと大学海洋紀要', 'Bulletin of Marine Science'),
    },
    { type: 'isSupplementedBy', identifier: { type: 'DOI', value: '10.99999/minato.data.8' }, titles: [] },
    { titles: [{ value: '潮位百年展', lang: 'ja' }] },
  ],
  temporals: [{ value: '大正十年から令和二年まで', lang: 'ja' }],
  geoLocations: [
    { point: { longitude: 129.8705, latitude: 32.7448 }, places: ['長崎港'] },
    { box: { west: 129.5, east: 130.5, south: 32.5, north: 33.5 } },
  ],
  fundingReferences: [
    {
      funderIdentifier: { type: 'Crossref Funder', value: '10.13039/501100001691' },
      funderNames: both('架空学術振興会', 'Imaginary Society for Science'),
      streamIdentifier: { type: 'JGN_fundingStream', value: 'JP99' },
      streams: both('基盤研究', 'Basic Research'),
      awardNumber: { value: 'JP99K00001', uri: 'https://grants.example/JP99K00001', type: 'JGN' },
      awardTitles: both('潮位記録の復元', 'Restoring tide records'),
    },
  ],
  sourceIdentifiers: [
    { type: 'PISSN', value: '9999-9994' },
    { type: 'NCID', value: 'AN00123457' },
  ],
  editions: [{ value: '改訂版', lang: 'ja' }],
  volumeTitles: [{ value: '前編', lang: 'ja' }],
  originalLanguages: ['dut'],
  extents: [{ value: '34 冊 ; 25.1 × 17.7 cm', lang: 'ja' }],
  formats: [{ value: '袋綴', lang: 'ja' }],
  holdingAgent: {
    identifier: { scheme: 'ISIL', value: 'JP-9999999' },
    names: both('みなと大学附属図書館', 'Minato University Library'),
  },
  datasetSeries: true,
  sourceTitles: both('みなと大学海洋紀要', 'Bulletin of Marine Science, Minato University'),
  volume: '12',
  issue: '3',
  numPages: '38',
  pageStart: '45',
  pageEnd: '82',
  dissertationNumber: '甲第99号',
  degreeNames: both('博士（海洋学）', 'Doctor of Marine Science'),
  dateGranted: '2026-03-25',
  degreeGrantors: [
    { names: both('みなと大学', 'Minato University'), identifiers: [{ scheme: 'kakenhi', value: '99999' }] },
  ],
  conferences: [
    {
      names: both('第7回架空海洋会議', 'Seventh Imaginary Conference on the Sea'),
      sequence: 7,
      sponsors: [{ value: '架空海洋学会', lang: 'ja' }],
      date: { value: '', startDay: 7, startMonth: 10, startYear: 2025, endDay: 9, endMonth: 10, endYear: 2025 },
      venues: [{ value: '汐見会館', lang: 'ja' }],
      places: [{ value: '長崎市', lang: 'ja' }],
      country: 'JPN',
    },
  ],
  files: [{ uri: 'tides.pdf', label: '本文（PDF）', objectType: 'fulltext', mimeType: 'application/pdf' }],
  catalog: {
    contributors: [{ type: 'HostingInstitution', names: both('汐見文書館', 'Shiomi Archives') }],
    identifiers: [{ type: 'URI', value: 'https://archives.example/tides' }],
    titles: both('潮位記録目録', 'Catalogue of Tide Records'),
    descriptions: [{ value: '全国の潮位記録の所在。', lang: 'ja', type: 'Other' }],
    subjects: [{ value: '海洋史', lang: 'ja', scheme: 'Other' }],
    licenses: [{ value: '画像の利用条件', lang: 'ja', type: 'file', uri: 'https://archives.example/terms' }],
    rights: [{ value: '所蔵者により異なる', lang: 'ja' }],
    accessRights: { term: 'restricted access' },
    file: {
      uri: 'https://archives.example/thumbnail.jpg',
      label: '表紙',
      objectType: 'thumbnail',
      mimeType: 'image/jpeg',
    },
  },
} satisfies RecordInput)

/** The least that the model takes, in a language that no page has. */
export const emptyRecord = Record.parse({ titles: [{ value: '' }], type: { term: 'other' } } satisfies RecordInput)

export const files: DisseminatedFile[] = [
  {
    name: 'tides.pdf',
    label: '本文（PDF）',
    url: `${URL}/items/1/files/tides.pdf`,
    access: 'open',
    readable: true,
    objectType: 'fulltext',
    type: 'application/pdf',
    size: 2_345_678,
    described: {
      extents: ['38 ページ'],
      dates: [{ value: '2026-03-18', type: 'Created' }],
      version: '1.2',
      uri: 'tides.pdf',
    },
  },
  {
    name: 'series.csv',
    label: 'series.csv',
    url: `${URL}/items/1/files/series.csv`,
    access: 'embargoed',
    until: '2027-04-01',
    readable: false,
    objectType: 'dataset',
    type: 'text/csv',
    size: 48_000_000_000,
  },
  {
    name: 'logs.zip',
    label: '観測日誌',
    url: `${URL}/items/1/files/logs.zip`,
    access: 'signed-in',
    readable: false,
    type: 'application/zip',
    size: 999,
  },
  {
    name: 'letters.pdf',
    label: '書簡',
    url: `${URL}/items/1/files/letters.pdf`,
    access: 'closed',
    readable: false,
    size: 0,
  },
  { name: 'map', label: '検潮所の地図', url: 'https://maps.example/tides', access: 'link', readable: true },
]

/** An item as readers get it; `changes` say what is special about it. */
export const item = (changes: Partial<Dissemination> = {}): Dissemination => ({
  number: 1,
  url: `${URL}/items/1`,
  oaiIdentifier: 'oai:repository.minato.example:1',
  record: fullRecord,
  files,
  held: [],
  scans: 0,
  access: { right: 'open access' },
  publicationDate: '2026-04-01',
  revision: 3,
  updatedAt: new Date('2026-04-02T16:00:00Z'),
  versions: [],
  ...changes,
})

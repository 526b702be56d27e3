import type { RecordInput } from '../model.ts'

/** A record in which no rule finds anything. Identifiers are of ranges that nobody has. */
export const goodRecord: RecordInput = {
  titles: [
    { value: '蔵の記録', lang: 'ja' },
    { value: 'クラ ノ キロク', lang: 'ja-Kana' },
    { value: 'Records of a storehouse', lang: 'en' },
  ],
  creators: [
    {
      names: [{ value: '蔵本, 澄', lang: 'ja' }],
      identifiers: [{ value: '0000-0000-0000-0001', scheme: 'ORCID', uri: 'https://orcid.org/0000-0000-0000-0001' }],
    },
  ],
  accessRights: { term: 'open access', uri: 'http://purl.org/coar/access_right/c_abf2' },
  dates: [{ value: '2026-03-18', type: 'Issued' }],
  languages: ['jpn'],
  type: { term: 'journal article', uri: 'http://purl.org/coar/resource_type/c_6501/' },
  files: [{ uri: 'https://kura.example/items/1/files/a.pdf' }],
}

/** A record that keeps a rule and one that breaks it and no other, each said by what it changes in the good one. */
export interface Pair {
  rule: string
  passes: Partial<RecordInput>
  fails: Partial<RecordInput>
  /** Paths of the findings in the failing one. */
  at: string[]
  /** What the message tells to write, or what is wrong. */
  says: string
}

const by = (...creators: NonNullable<RecordInput['creators']>): Partial<RecordInput> => ({ creators })
const titled = (...titles: [lang: string | undefined, value: string][]): Partial<RecordInput> => ({
  titles: titles.map(([lang, value]) => ({ value, ...(lang !== undefined && { lang }) })),
})
type NameIdentifier = NonNullable<NonNullable<RecordInput['creators']>[number]['identifiers']>[number]
const known = (...identifiers: NameIdentifier[]) => by({ names: [{ value: '蔵本', lang: 'ja' }], identifiers })
const identified = (type: 'DOI' | 'HDL' | 'URI', value: string): Partial<RecordInput> => ({
  identifiers: [{ type, value }],
})
type SourceType = NonNullable<RecordInput['sourceIdentifiers']>[number]['type']
const source = (type: SourceType, value: string): Partial<RecordInput> => ({ sourceIdentifiers: [{ type, value }] })
type RelatedType = NonNullable<NonNullable<RecordInput['relations']>[number]['identifier']>['type']
const related = (type: RelatedType, value: string): Partial<RecordInput> => ({
  relations: [{ type: 'references', identifier: { type, value } }],
})
const registered = (value: string, ...dois: string[]): Partial<RecordInput> => ({
  identifierRegistration: { value, agency: 'JaLC' },
  identifiers: dois.map((doi) => ({ type: 'DOI', value: doi })),
})
const dated = (...values: string[]): Partial<RecordInput> => ({
  dates: [{ value: '2026', type: 'Issued' }, ...values.map((value) => ({ value, type: 'Created' as const }))],
})
const thesis: Partial<RecordInput> = {
  type: { term: 'doctoral thesis' },
  dissertationNumber: '甲第1号',
  degreeNames: [{ value: '博士（文学）', lang: 'ja' }],
  dateGranted: '2026-03-25',
  degreeGrantors: [{ names: [{ value: '青空大学', lang: 'ja' }] }],
}
const embargoed = { accessRights: { term: 'embargoed access' as const } }
const metadataOnly = { accessRights: { term: 'metadata only access' as const } }
const DOI = 'https://doi.org/10.5555/kura.1'

export const pairs: Pair[] = [
  {
    rule: 'title.blank',
    passes: { alternativeTitles: [{ value: '＊', lang: 'ja' }] },
    fails: { alternativeTitles: [{ value: '\u200b', lang: 'ja' }] },
    at: ['alternativeTitles[0].value'],
    says: 'write the title',
  },
  {
    rule: 'title.blank',
    passes: {},
    fails: titled(['ja', ' 　']),
    at: ['titles[0].value'],
    says: 'is blank',
  },
  {
    rule: 'name.blank',
    passes: { publishers: [{ value: '青空大学', lang: 'ja' }] },
    fails: { publishers: [{ value: '', lang: 'ja' }] },
    at: ['publishers[0].value'],
    says: 'write the name',
  },
  {
    rule: 'name.missing',
    passes: by({
      names: [{ value: '蔵', lang: 'ja' }],
      affiliations: [{ names: [{ value: '青空大学', lang: 'ja' }] }],
    }),
    fails: by({ names: [{ value: '蔵', lang: 'ja' }], affiliations: [{ names: [] }] }, { names: [] }),
    at: ['creators[1].names', 'creators[0].affiliations[0].names'],
    says: 'write the name',
  },
  {
    rule: 'lang.missing',
    passes: { rights: [{ value: 'CC BY 4.0' }] },
    fails: titled(['ja', '蔵'], [undefined, 'Kura']),
    at: ['titles[1].lang'],
    says: 'write the language',
  },
  {
    rule: 'lang.known',
    passes: titled(['ja', '蔵'], ['ja-Latn', 'Kura'], ['zh-tw', '倉'], ['ain', 'Pu'], ['es-419', 'Almacén']),
    fails: titled(
      ['ja', '蔵'],
      ['zz-ZZZZZ', 'Kura'],
      ['zz', 'K'],
      ['ja-Qqqq', 'k'],
      ['en-QX', 'ku'],
      ['x-kura', 'kur'],
    ),
    at: ['titles[1].lang', 'titles[2].lang', 'titles[3].lang', 'titles[4].lang', 'titles[5].lang'],
    says: 'a language that exists',
  },
  {
    rule: 'lang.known',
    passes: { rights: [{ value: '許諾による', lang: 'ja' }] },
    fails: { rights: [{ value: '許諾による', lang: 'jpn' }] },
    at: ['rights[0].lang'],
    says: 'write ja',
  },
  {
    rule: 'lang.doubled',
    passes: { publishers: ['青空大学', '岬研究所'].map((value) => ({ value, lang: 'ja' })) },
    fails: titled(['ja', '蔵'], ['en', 'Kura'], ['ja', '倉']),
    at: ['titles[2].lang'],
    says: 'a second time',
  },
  {
    rule: 'lang.reading',
    passes: by({ names: ['ja', 'ja-Kana', 'ja-Latn'].map((lang) => ({ value: '蔵', lang })) }),
    fails: by({ names: ['en', 'ja-Kana', 'ja-Latn'].map((lang) => ({ value: 'Kura', lang })) }),
    at: ['creators[0].names[1].lang', 'creators[0].names[2].lang'],
    says: 'with no ja beside it',
  },
  {
    rule: 'lang.chinese',
    passes: titled(['ja', '蔵'], ['zh-cn', '仓'], ['zh-TW', '倉']),
    fails: titled(['ja', '蔵'], ['zh', '仓'], ['zh-Hant', '倉']),
    at: ['titles[1].lang', 'titles[2].lang'],
    says: 'zh-cn (simplified) or zh-tw',
  },
  {
    rule: 'title.language',
    passes: { languages: ['eng', 'jpn', 'mul'] },
    fails: { languages: ['deu', 'zxx'] },
    at: ['titles'],
    says: 'write the title in de',
  },
  {
    rule: 'name-identifier.value',
    passes: known(
      { value: '000000000000001X', scheme: 'VIAF' },
      { value: '0000000000000001', scheme: 'ISNI' },
      { value: '00000000', scheme: 'e-Rad_Researcher' },
      { value: 'https://ror.org/000000098', scheme: 'ROR' },
    ),
    fails: known(
      { value: 'not-an-orcid', scheme: 'ORCID' },
      { value: '0000 0000 0000 0001', scheme: 'ISNI' },
      { value: '2021xxxx', scheme: 'e-Rad_Researcher' },
      { value: '00000009', scheme: 'ROR' },
    ),
    at: [0, 1, 2, 3].map((index) => `creators[0].identifiers[${index}].value`),
    says: '; write ',
  },
  {
    rule: 'name-identifier.value',
    passes: {},
    fails: {
      ...known(
        { value: '0000-0000-0000-0002', scheme: 'ORCID' },
        { value: '10000000', scheme: 'e-Rad_Researcher' },
        { value: '000000097', scheme: 'ROR' },
      ),
      fundingReferences: [
        { funderNames: [{ value: '基金', lang: 'ja' }], funderIdentifier: { value: '0000000000000002', type: 'ISNI' } },
      ],
      holdingAgent: { names: [], identifier: { value: '000000097', scheme: 'ROR' } },
    },
    at: [
      'creators[0].identifiers[0].value',
      'creators[0].identifiers[1].value',
      'creators[0].identifiers[2].value',
      'holdingAgent.identifier.value',
      'fundingReferences[0].funderIdentifier.value',
    ],
    says: 'check digit is wrong',
  },
  {
    rule: 'name-identifier.uri',
    passes: known({ value: '0000000000000001', scheme: 'ISNI', uri: 'http://www.isni.org/isni/0000000000000001' }),
    fails: known({ value: '0000-0000-0000-0001', scheme: 'ORCID', uri: 'https://orcid.org/0000-0000-0000-0028' }),
    at: ['creators[0].identifiers[0].uri'],
    says: 'write https://orcid.org/0000-0000-0000-0001',
  },
  {
    rule: 'publication-identifier.value',
    passes: { ...source('PISSN', '0000-0000'), ...related('NCID', 'https://books.example/ncid/AA12345672') },
    fails: { ...source('PISSN', '00000000'), ...related('ISBN', '978-0-00') },
    at: ['relations[0].identifier.value', 'sourceIdentifiers[0].value'],
    says: '; write ',
  },
  {
    rule: 'publication-identifier.value',
    passes: source('ISBN', '978-0-00-000000-2'),
    fails: { sourceIdentifiers: [...(['EISSN', 'PISSN'] as const)].map((type) => ({ type, value: '0000-0001' })) },
    at: ['sourceIdentifiers[0].value', 'sourceIdentifiers[1].value'],
    says: 'check digit is wrong',
  },
  {
    rule: 'retired.scheme',
    passes: known({ value: '00000000', scheme: 'e-Rad_Researcher' }),
    fails: known({ value: '1000000000000', scheme: 'NRID' }, { value: 'grid.0.0', scheme: 'GRID' }),
    at: ['creators[0].identifiers[0].scheme', 'creators[0].identifiers[1].scheme'],
    says: 'is retired; write',
  },
  {
    rule: 'retired.identifier',
    passes: { ...related('CRID', 'https://cir.example/crid/1'), ...source('EISSN', '0000-0000') },
    fails: { ...related('NAID', '110000000000'), ...source('ISSN', '0000-0000') },
    at: ['relations[0].identifier.type', 'sourceIdentifiers[0].type'],
    says: 'is retired; write',
  },
  {
    rule: 'type.uri',
    passes: { type: { term: 'journal article' } },
    fails: { type: { term: 'journal article', uri: 'http://purl.org/coar/resource_type/c_ecc8' } },
    at: ['type.uri'],
    says: 'write http://purl.org/coar/resource_type/c_6501',
  },
  {
    rule: 'access.uri',
    passes: { accessRights: { term: 'restricted access' } },
    fails: { accessRights: { term: 'restricted access', uri: 'http://purl.org/coar/access_right/c_abf2' } },
    at: ['accessRights.uri'],
    says: 'write http://purl.org/coar/access_right/c_16ec',
  },
  {
    rule: 'version.uri',
    passes: { versionType: { term: 'AM', uri: 'http://purl.org/coar/version/c_ab4af688f83e57aa' } },
    fails: { versionType: { term: 'AM', uri: 'http://purl.org/coar/version/c_970fb48d4fbd8a85' } },
    at: ['versionType.uri'],
    says: 'write http://purl.org/coar/version/c_ab4af688f83e57aa',
  },
  {
    rule: 'access.embargo-date',
    passes: {
      ...embargoed,
      dates: [
        { value: '2026', type: 'Issued' },
        { value: '2027-04-01', type: 'Available' },
      ],
    },
    fails: embargoed,
    at: ['dates'],
    says: 'write the day on which the embargo ends',
  },
  {
    rule: 'access.content',
    passes: { files: [], relations: [{ type: 'isIdenticalTo', identifier: { type: 'DOI', value: DOI } }] },
    fails: { files: [], relations: [{ type: 'references', identifier: { type: 'DOI', value: DOI } }] },
    at: ['files'],
    says: 'is open access: add one',
  },
  {
    rule: 'access.content',
    passes: { accessRights: undefined, files: [] },
    fails: { accessRights: { term: 'restricted access' }, files: [{ label: 'a.pdf' }] },
    at: ['files'],
    says: 'is restricted access: add one',
  },
  {
    rule: 'access.metadata-only',
    passes: { ...metadataOnly, files: [] },
    fails: metadataOnly,
    at: ['files[0]'],
    says: 'access is metadata only',
  },
  {
    rule: 'date.calendar',
    passes: dated('2028-02-29', '2026-01/2026-12', '/2026', '2026-03-18T09:00:00+09:00'),
    fails: dated('2022-13-45', '2026-02-01/2026-02-30', '2026-03-18T25:00Z', '2026-03'),
    at: ['dates[1].value', 'dates[2].value', 'dates[3].value'],
    says: 'which no calendar has',
  },
  {
    rule: 'date.calendar',
    passes: { conferences: [{ date: { value: '', startDay: 29, startMonth: 2 } }] },
    fails: {
      conferences: [{ date: { value: '', startDay: 31, startMonth: 4, endDay: 29, endMonth: 2, endYear: 2026 } }],
      files: [{ uri: 'https://kura.example/a.pdf', dates: [{ value: '2026-00', type: 'Available' }] }],
    },
    at: ['files[0].dates[0].value', 'conferences[0].date.startDay', 'conferences[0].date.endDay'],
    says: 'which no calendar has',
  },
  {
    rule: 'date.issued',
    passes: { type: { term: 'dataset' }, dates: [] },
    fails: { dates: [{ value: '2026', type: 'Created' }] },
    at: ['dates'],
    says: 'write when this journal article was published',
  },
  {
    rule: 'identifier.doi',
    passes: identified('DOI', DOI),
    fails: { ...identified('DOI', '10.5555/kura.1'), ...related('DOI', 'http://dx.doi.org/10.5555/kura.1') },
    at: ['identifiers[0].value', 'relations[0].identifier.value'],
    says: `write ${DOI}`,
  },
  {
    rule: 'identifier.doi',
    passes: {},
    fails: identified('DOI', 'https://doi.org/10.xxxxx/xxxxxxxx'),
    at: ['identifiers[0].value'],
    says: 'write https://doi.org/10.…/…',
  },
  {
    rule: 'identifier.handle',
    passes: identified('HDL', 'http://hdl.handle.net/0000/00000001'),
    fails: identified('HDL', '0000/00000001'),
    at: ['identifiers[0].value'],
    says: 'write https://hdl.handle.net/',
  },
  {
    rule: 'identifier.uri',
    passes: identified('URI', 'https://kura.example/items/1'),
    fails: identified('URI', 'kura.example/items/1'),
    at: ['identifiers[0].value'],
    says: 'from https:// on',
  },
  {
    rule: 'registration.form',
    passes: { identifierRegistration: { value: '12345678', agency: 'PMID' } },
    fails: registered(DOI, DOI),
    at: ['identifierRegistration.value'],
    says: 'write 10.5555/kura.1',
  },
  {
    rule: 'registration.identifier',
    passes: registered('10.5555/KURA.1', DOI),
    fails: registered('10.5555/kura.2', DOI),
    at: ['identifierRegistration.value'],
    says: 'write the same in both',
  },
  {
    rule: 'registration.identifier',
    passes: {},
    fails: registered('10.5555/kura.1'),
    at: ['identifierRegistration.value'],
    says: `add ${DOI}`,
  },
  {
    rule: 'file.uri',
    passes: { files: [{ label: 'a.pdf' }, { uri: 'HTTPS://kura.example/a.pdf' }] },
    fails: { files: [{ uri: 'https://kura.example/a.pdf' }, { uri: 'files/a.pdf' }, { uri: 'ftp://kura.example/a' }] },
    at: ['files[1].uri', 'files[2].uri'],
    says: 'from https:// on',
  },
  {
    rule: 'thesis.doctoral',
    passes: thesis,
    fails: { type: { term: 'doctoral thesis' } },
    at: ['dissertationNumber', 'degreeNames', 'dateGranted', 'degreeGrantors'],
    says: 'is missing: write',
  },
]

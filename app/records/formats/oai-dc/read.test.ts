import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../../test/support/dissemination.ts'
import { fc } from '../../../../test/support/property.ts'
import { Record } from '../../model.ts'
import { anyRecord } from '../../record.arbitrary.ts'
import { storableRecord } from '../../stored.ts'
import { parseXml } from '../xml.ts'
import { OAI_DC, readOaiDcTree, writeOaiDc } from './index.ts'

const PREFIXES = new Map([
  [OAI_DC.namespace, 'oai_dc'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
])
const rootOf = (xml: string) => parseXml(xml, PREFIXES).root

const read = (elements: string) =>
  readOaiDcTree(
    rootOf(
      `<oai_dc:dc xmlns:oai_dc="${OAI_DC.namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/">${elements}</oai_dc:dc>`,
    ),
  )
const dc = (name: string, ...texts: string[]) => texts.map((text) => `<dc:${name}>${text}</dc:${name}>`).join('')
const TITLE = dc('title', '蔵')
const TYPE = dc('type', 'dataset')

/** What is read of a record that has a title and a type besides, and what is warned of. */
function readBeside(elements: string) {
  const { record, errors, warnings } = read(TITLE + TYPE + elements)
  expect(errors).toEqual([])
  const { titles: _, type: __, ...rest } = storableRecord(record as Record)
  return { ...rest, ...(warnings.length > 0 && { warned: warnings.map(({ path }) => path) }) }
}

const typeOf = (...types: string[]) => {
  const { record, warnings } = read(TITLE + dc('type', ...types))
  return [record?.type.term, warnings.length]
}

describe('a record of oai_dc', () => {
  it('has no version and no right by a word that only programs know', () => {
    const word = 'info:eu-repo/semantics/constructor'
    expect(readBeside(dc('type', word) + dc('rights', word))).toEqual({ rights: [{ value: word }] })
  })

  it.each([
    [
      'its URI and our word for it',
      ['http://purl.org/coar/resource_type/c_6501', 'departmental bulletin paper'],
      'departmental bulletin paper',
      0,
    ],
    ['a URI of COAR', ['text', 'http://purl.org/coar/resource_type/c_6501'], 'journal article', 0],
    [
      'a URI of COAR with another scheme and a slash',
      ['https://purl.org/coar/resource_type/QX5C-AR31/'],
      'other periodical',
      0,
    ],
    ['info:eu-repo', ['info:eu-repo/semantics/doctoralThesis'], 'doctoral thesis', 0],
    ['the article of info:eu-repo', ['info:eu-repo/semantics/article'], 'journal article', 0],
    ['a word of NII', ['Thesis or Dissertation'], 'thesis', 0],
    ['a word of NII that is ours', ['Departmental Bulletin Paper'], 'departmental bulletin paper', 0],
    ['a word of DCMI', ['http://purl.org/dc/dcmitype/MovingImage'], 'moving image', 0],
    ['a word that has no like, by the nearest', ['info:eu-repo/semantics/preprint'], 'article', 1],
    ['a word that nobody knows', ['poem'], 'other', 1],
    ['a word that only programs know', ['constructor'], 'other', 1],
    ['none', [], 'other', 1],
  ])('has its type by %s', (_, types, term, warnings) => {
    expect(typeOf(...types)).toEqual([term, warnings])
  })

  it.each([
    ['http://purl.org/coar/version/c_ab4af688f83e57aa', 'AM'],
    ['info:eu-repo/semantics/publishedVersion', 'VoR'],
  ])('has its version among the types: %s', (version, term) => {
    expect(readBeside(dc('type', version)).versionType?.term).toBe(term)
  })

  it.each([
    ['http://purl.org/coar/access_right/c_f1cf', 'embargoed access'],
    ['info:eu-repo/semantics/closedAccess', 'metadata only access'],
    ['Open Access', 'open access'],
  ])('has its access among the rights: %s', (right, term) => {
    expect(readBeside(dc('rights', 'CC BY', right))).toEqual({ accessRights: { term }, rights: [{ value: 'CC BY' }] })
  })

  it('keeps a licence by its address and does not put another text beside it', () => {
    const uri = 'https://creativecommons.org/licenses/by/4.0/'
    expect(readBeside(dc('rights', uri, '© Kura'))).toEqual({ rights: [{ value: uri, uri }, { value: '© Kura' }] })
  })

  it.each([
    ['10.5555/a', { type: 'DOI', value: 'https://doi.org/10.5555/a' }],
    ['doi:10.5555/a', { type: 'DOI', value: 'https://doi.org/10.5555/a' }],
    ['http://dx.doi.org/10.5555/a', { type: 'DOI', value: 'https://doi.org/10.5555/a' }],
    ['hdl:2000/1', { type: 'HDL', value: 'https://hdl.handle.net/2000/1' }],
    ['http://hdl.handle.net/2000/1', { type: 'HDL', value: 'https://hdl.handle.net/2000/1' }],
    ['https://old.example/records/1', { type: 'URI', value: 'https://old.example/records/1' }],
  ])('has the identifier %s', (text, identifier) => {
    expect(readBeside(dc('identifier', text))).toEqual({ identifiers: [identifier] })
  })

  it('has numbers of its source and other numbers of its own', () => {
    expect(
      readBeside(dc('identifier', 'ISSN 1234-5679', 'urn:issn:2345-6789', 'PMID: 12345678', '蔵紀要 12, p. 3')),
    ).toEqual({
      sourceIdentifiers: [
        { type: 'ISSN', value: '1234-5679' },
        { type: 'ISSN', value: '2345-6789' },
      ],
      relations: [
        { type: 'isIdenticalTo', identifier: { type: 'PMID', value: '12345678' } },
        { type: 'isIdenticalTo', identifier: { type: 'Local', value: '蔵紀要 12, p. 3' } },
      ],
    })
  })

  it.each([
    [
      '蔵紀要, 12(3), 34-57',
      { sourceTitles: [{ value: '蔵紀要' }], volume: '12', issue: '3', pageStart: '34', pageEnd: '57' },
    ],
    ['蔵紀要, 12, e5', { sourceTitles: [{ value: '蔵紀要' }], volume: '12', pageStart: 'e5' }],
    ['蔵, 庫, (特2)', { sourceTitles: [{ value: '蔵, 庫' }], issue: '特2' }],
    ['蔵紀要 12巻3号', { sourceTitles: [{ value: '蔵紀要 12巻3号' }] }],
    ['https://kura.example/1', { relations: [{ identifier: { type: 'URI', value: 'https://kura.example/1' } }] }],
  ])('has the source %s', (text, expected) => {
    expect(readBeside(dc('source', text))).toEqual(expected)
  })

  it('does not choose between sources that disagree', () => {
    expect(readBeside(dc('source', '蔵紀要, 12', 'Kura, 13'))).toEqual({
      sourceTitles: [{ value: '蔵紀要, 12' }, { value: 'Kura, 13' }],
    })
  })

  it.each([
    [['2026-03'], { dates: [{ value: '2026-03', type: 'Issued' }] }],
    [['2026-03-18T01:02:03.5Z'], { dates: [{ value: '2026-03-18T01:02:03Z', type: 'Issued' }] }],
    [['2026-03-18T01:02:03Z', '2025'], { dates: [{ value: '2025', type: 'Issued' }], warned: ['dc:date[1]'] }],
    [['info:eu-repo/date/embargoEnd/2027-04-01'], { dates: [{ value: '2027-04-01', type: 'Available' }] }],
    [['昭和3年'], { dateTexts: [{ value: '昭和3年' }] }],
  ])('has the dates %j', (dates, expected) => {
    expect(readBeside(dc('date', ...dates))).toEqual(expected)
  })

  it('has languages by three letters, whatever they came as', () => {
    expect(readBeside(dc('language', 'ja', 'en_US', 'ger', 'jpn', 'Ainu', 'und', 'Klingonisch'))).toEqual({
      languages: ['jpn', 'eng', 'deu', 'ain', 'und'],
      warned: ['dc:language[7]'],
    })
  })

  it('has one title a language, and the others beside', () => {
    const { record } = read(
      `${TYPE}<dc:title xml:lang="ja">蔵</dc:title><dc:title xml:lang="en_GB">Kura</dc:title><dc:title xml:lang="ja">庫</dc:title>`,
    )
    expect(record).toMatchObject({
      titles: [
        { value: '蔵', lang: 'ja' },
        { value: 'Kura', lang: 'en-GB' },
      ],
      alternativeTitles: [{ value: '庫', lang: 'ja' }],
    })
  })

  it('tells times from places', () => {
    expect(readBeside(dc('coverage', '1603-1868', '仙台'))).toEqual({
      temporals: [{ value: '1603-1868' }],
      geoLocations: [{ places: ['仙台'] }],
    })
  })

  it('says where something was left out, and where something is wrong', () => {
    expect(readBeside('<dc:creators>x</dc:creators><dc:subject xml:lang="日本語">y</dc:subject>')).toEqual({
      subjects: [{ value: 'y', scheme: 'Other' }],
      warned: ['dc:creators[1]', 'dc:subject[1]/@xml:lang'],
    })
    expect(read(TYPE).errors).toMatchObject([{ path: 'dc:title' }])
    expect(read(TITLE + dc('coverage', 'a', 'b'.repeat(3_000))).errors).toMatchObject([{ path: 'dc:coverage[2]' }])
    expect(readOaiDcTree(rootOf('<dc/>')).errors).toMatchObject([{ rule: 'oai_dc.root' }])
  })
})

/** What Dublin Core has no place for: none of it is made up from what it does say. */
const LOST = [
  'apc',
  'rightsHolders',
  'publisherDetails',
  'version',
  'identifierRegistration',
  'fundingReferences',
  'editions',
  'volumeTitles',
  'originalLanguages',
  'extents',
  'holdingAgent',
  'datasetSeries',
  'numPages',
  'dissertationNumber',
  'degreeNames',
  'dateGranted',
  'degreeGrantors',
  'conferences',
  'files',
  'catalog',
]

/** Each element's texts. Of a place the language is lost, and what stands in a place or an identifier is one line. */
const saying = (record: Record) => {
  const right = record.accessRights?.term ?? 'open access'
  const elements = rootOf(writeOaiDc(disseminationOf(record, { access: { right } }))).children
  return elements.map(({ name, text, attributes }) =>
    JSON.stringify(
      name === 'dc:coverage'
        ? [name, text.replace(/\s+/g, ' ').trim()]
        : [name, text.trim(), attributes.get('xml:lang')],
    ),
  )
}

it('that was written here reads back to one that says the same', () => {
  const special: { readonly [path: string]: fc.Arbitrary<unknown> } = {
    'identifiers.value': fc.webUrl(),
    'relations.identifier.value': fc.webUrl(),
    'sourceIdentifiers.value': fc.stringMatching(/^\d{4}-\d{3}[\dX]$/),
    languages: fc.array(fc.constantFrom('jpn', 'eng', 'qqq'), { maxLength: 2 }),
  }
  fc.assert(
    fc.property(
      anyRecord((path) => special[path]),
      fc.constantFrom('open access', 'embargoed access', 'restricted access', 'metadata only access'),
      (written, right) => {
        const record = Record.parse({ ...written, accessRights: { term: right } })
        // A record without any title is none, and Dublin Core cannot say that its title is blank.
        fc.pre([...record.titles, ...record.alternativeTitles].some(({ value }) => value !== ''))
        const { record: back, errors } = readOaiDcTree(
          rootOf(writeOaiDc(disseminationOf(record, { access: { right } as never }))),
        )
        expect(errors).toEqual([])
        expect(new Set(saying(back as Record))).toEqual(new Set(saying(record)))
        expect(Object.keys(storableRecord(back as Record)).filter((field) => LOST.includes(field))).toEqual([])
      },
    ),
    { numRuns: 300 },
  )
})

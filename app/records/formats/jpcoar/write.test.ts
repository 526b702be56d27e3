import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/property.ts'
import { Record, type RecordInput } from '../../model.ts'
import { anyRecord } from '../../record.arbitrary.ts'
import { EDITIONS, JPCOAR_1_0, JPCOAR_2_0, JPCOAR_2_1, readJpcoar, writeJpcoar } from './index.ts'
import { sayableRecord } from './sayable.arbitrary.ts'

const write = (input: Partial<RecordInput>, edition = JPCOAR_2_0) =>
  writeJpcoar(Record.parse({ titles: [{ value: '蔵' }], type: { term: 'dataset' }, ...input }), edition)

describe.each(EDITIONS)('writing JPCOAR $version', (edition) => {
  it('writes what it reads back', () => {
    fc.assert(
      fc.property(sayableRecord(edition), (record) => {
        expect(readJpcoar(writeJpcoar(record, edition))).toEqual({ record, errors: [], warnings: [] })
      }),
    )
  })

  it('writes every record such that it can be read without a finding', () => {
    fc.assert(
      fc.property(anyRecord(), (record) => {
        expect(readJpcoar(writeJpcoar(record, edition))).toMatchObject({ errors: [], warnings: [] })
      }),
    )
  })
})

describe('writing JPCOAR 2.0', () => {
  it('declares the namespaces and names the schema', () => {
    expect(write({}).split('\n')).toEqual([
      expect.stringMatching(
        /^<jpcoar:jpcoar xmlns:jpcoar="https:\/\/github\.com\/JPCOAR\/schema\/blob\/master\/2\.0\/" xmlns:dc=.* xsi:schemaLocation="https:\/\/github\.com\/JPCOAR\/schema\/blob\/master\/2\.0\/ https:[^ ]+\/2\.0\/jpcoar_scm\.xsd">$/,
      ),
      '  <dc:title>蔵</dc:title>',
      '  <dc:type rdf:resource="http://purl.org/coar/resource_type/c_ddb1">dataset</dc:type>',
      '</jpcoar:jpcoar>',
    ])
  })

  it('escapes what XML would take for its own', () => {
    const xml = write({ titles: [{ value: 'a < b & c > ]]>' }], files: [{ uri: 'a', label: '"a" <b>' }] })
    expect(xml).toContain('<dc:title>a &lt; b &amp; c &gt; ]]&gt;</dc:title>')
    expect(xml).toContain('label="&quot;a&quot; &lt;b>"')
  })

  it('takes the URI of a term from the vocabulary', () => {
    const xml = write({ type: { term: 'dataset', uri: 'http://purl.org/coar/resource_type/63NG-B465' } })
    expect(xml).toContain('<dc:type rdf:resource="http://purl.org/coar/resource_type/c_ddb1">dataset</dc:type>')
  })

  it('writes days and months with two digits', () => {
    const xml = write({ conferences: [{ date: { value: 'spring', startDay: 4, startMonth: 3, startYear: 2026 } }] })
    expect(xml).toContain('startDay="04" startMonth="03" startYear="2026"')
  })

  it.each([
    ['a resource type by a wider one', { type: { term: 'magazine article' } }, 'c_6501">article<'],
    ['a relation in its spelling', { relations: [{ type: 'cites' }] }, '<jpcoar:relation relationType="Cites"/>'],
    ['a relation that it does not have without its type', { relations: [{ type: 'continues' }] }, '<jpcoar:relation/>'],
    ['a translator as another contributor', { contributors: [{ type: 'Translator' }] }, 'contributorType="Other"'],
    [
      'an identifier that is no URI with what is not allowed escaped',
      { relations: [{ identifier: { value: '10:30 100%', type: 'Local' } }] },
      '>10%3A30%20100%25<',
    ],
    [
      'brackets in an address escaped',
      { identifiers: [{ value: 'https://kura.example/a[1].csv', type: 'URI' }] },
      '>https://kura.example/a%5B1%5D.csv<',
    ],
  ] satisfies [string, Partial<RecordInput>, string][])('writes %s', (_, input, expected) => {
    expect(write(input)).toContain(expected)
  })

  it('writes pages that are positive integers', () => {
    const xml = write({ pageStart: '034', pageEnd: '+57', numPages: '24' })
    expect(xml.match(/>[+\d]+</g)).toEqual(['>24<', '>034<', '>+57<'])
  })

  it.each([
    ['pages in letters', { pageStart: 'e123', pageEnd: 'iv', numPages: '0' }],
    ['dates of coverage', { dates: [{ value: '2026', type: 'Coverage' }] }],
    ['the ISBN of a source', { sourceIdentifiers: [{ value: '978-4-00-000000-0', type: 'ISBN' }] }],
  ] satisfies [string, Partial<RecordInput>][])('leaves out %s, which 2.0 cannot say', (_, input) => {
    expect(write(input)).toBe(write({}))
  })
})

describe('writing JPCOAR 2.1', () => {
  it('says all that the model holds of 2.1', () => {
    const xml = write(
      { relations: [{ type: 'cites' }, { type: 'continues' }], type: { term: 'collection' } },
      JPCOAR_2_1,
    )
    expect(xml).toContain('relationType="cites"')
    expect(xml).toContain('relationType="continues"')
    expect(xml).toContain('resource_type/RMP5-3GQ6">collection<')
    expect(xml).toContain('xmlns:jpcoar="https://github.com/JPCOAR/schema/blob/master/2.1/"')
  })

  it('leaves out what became of the processing charge, as 2.0 does', () => {
    for (const edition of [JPCOAR_2_0, JPCOAR_2_1]) expect(write({ apc: 'Paid' }, edition)).toBe(write({}, edition))
  })
})

describe('writing JPCOAR 1.0', () => {
  const text = [{ value: '蔵' }]

  it.each([
    ['journals as periodicals', { type: { term: 'journal' } }, 'resource_type/c_2659">periodical<'],
    [
      'conference presentations as what a conference brought forth',
      { type: { term: 'conference presentation' } },
      'resource_type/c_c94f">conference object<',
    ],
    ['kinds of data as data', { type: { term: 'survey data' } }, 'resource_type/c_ddb1">dataset<'],
    ['access rights with their concept', { accessRights: { term: 'open access' } }, 'c_abf2">open access<'],
    ['the processing charge', { apc: 'Not charged' }, '<rioxxterms:apc>Not charged</rioxxterms:apc>'],
    [
      'schemes by their former names',
      { creators: [{ identifiers: [{ value: '10000001', scheme: 'e-Rad_Researcher' }] }] },
      'nameIdentifierScheme="e-Rad"',
    ],
    ['Sci-Val with its hyphen', { subjects: [{ value: '1', scheme: 'SciVal' }] }, 'subjectScheme="Sci-Val"'],
    [
      'funder and award in the namespace of datacite',
      {
        fundingReferences: [
          {
            funderIdentifier: { value: 'https://ror.example/1', type: 'ROR', typeUri: 'https://ror.example/' },
            funderNames: text,
            streams: text,
            awardNumber: { value: 'JP1', uri: 'https://award.example/1', type: 'JGN' },
          },
        ],
      },
      [
        '    <datacite:funderIdentifier funderIdentifierType="Other">https://ror.example/1</datacite:funderIdentifier>',
        '    <jpcoar:funderName>蔵</jpcoar:funderName>',
        '    <datacite:awardNumber awardURI="https://award.example/1">JP1</datacite:awardNumber>',
      ].join('\n'),
    ],
    ['citations as references', { relations: [{ type: 'cites' }] }, '<jpcoar:relation relationType="references"/>'],
    [
      'related identifiers as the text that they are',
      { relations: [{ identifier: { value: '10:30 100%', type: 'ISSN' } }] },
      '<jpcoar:relatedIdentifier identifierType="Local">10:30 100%</jpcoar:relatedIdentifier>',
    ],
    [
      'a moment as its day',
      { dates: [{ value: '2026-03-18T10:30:00+09:00', type: 'Issued' }] },
      '<datacite:date dateType="Issued">2026-03-18</datacite:date>',
    ],
  ] satisfies [string, Partial<RecordInput>, string][])('writes %s', (_, input, expected) => {
    expect(write(input, JPCOAR_1_0)).toContain(expected)
  })

  it.each([
    ['publishers with a place', { publisherDetails: [{ names: text }] }],
    ['dates in words', { dateTexts: text }],
    ['edition, volume title and original language', { editions: text, volumeTitles: text, originalLanguages: ['jpn'] }],
    ['extent and format', { extents: text, formats: text }],
    ['holding agent, series and catalogue', { holdingAgent: { names: text }, datasetSeries: true, catalog: {} }],
    ['dates that are ranges', { dates: [{ value: '2025/2026', type: 'Issued' }] }],
    ['dates that no calendar has', { dates: [{ value: '2026-02-30', type: 'Issued' }] }],
  ] satisfies [string, Partial<RecordInput>][])('leaves out %s', (_, input) => {
    expect(write(input, JPCOAR_1_0)).toBe(write({}, JPCOAR_1_0))
  })

  it('leaves out kinds of creators and names, and identifiers of schemes that came later', () => {
    const creator = { names: text, identifiers: [] }
    const richer = {
      ...creator,
      type: '著',
      names: [{ value: '蔵', type: 'Personal' as const }],
      identifiers: [{ value: 'https://ror.example/1', scheme: 'ROR' as const }],
    }
    expect(write({ creators: [richer] }, JPCOAR_1_0)).toBe(write({ creators: [creator] }, JPCOAR_1_0))
  })
})

import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../../test/support/dissemination.ts'
import { fc } from '../../../../test/support/property.ts'
import type { Dissemination } from '../../../items/dissemination.ts'
import { Record, type RecordInput } from '../../model.ts'
import { anyRecord } from '../../record.arbitrary.ts'
import { metadataFormats } from '../index.ts'
import { parseXml } from '../xml.ts'

const PREFIXES = new Map([
  ['http://www.openarchives.org/OAI/2.0/oai_dc/', 'oai_dc'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
])
const URL = 'https://kura.example/items/7'

/** What is said of an item in one element, text by text. */
function said(element: string, input: Partial<RecordInput>, others: Partial<Dissemination> = {}): string[] {
  const record = Record.parse({ titles: [{ value: '蔵', lang: 'ja' }], type: { term: 'dataset' }, ...input })
  return elementsOf(disseminationOf(record, others))
    .filter(({ name }) => name === `dc:${element}`)
    .map(({ text }) => text)
}

const elementsOf = (dissemination: Dissemination) =>
  parseXml(metadataFormats.get('oai_dc')?.write(dissemination) ?? '', PREFIXES).root.children

describe('an item as oai_dc', () => {
  it('has landing page and DOI as identifiers, the landing page first', () => {
    const identifiers = [{ value: 'doi:10.5555/1', type: 'DOI' } as const, { value: URL, type: 'URI' } as const]
    expect(said('identifier', { identifiers })).toEqual([URL, 'https://doi.org/10.5555/1'])
  })

  it.each(['10.5555/1', 'https://doi.org/10.5555/1', 'http://dx.doi.org/10.5555/1'])(
    'has the DOI %s by its one address, also where it is only registered',
    (value) => {
      const identifierRegistration = { value, agency: 'JaLC' } as const
      const identifiers = [{ value: 'https://doi.org/10.5555/1', type: 'DOI' } as const]
      expect(said('identifier', { identifierRegistration })).toEqual([URL, 'https://doi.org/10.5555/1'])
      expect(said('identifier', { identifierRegistration, identifiers })).toEqual([URL, 'https://doi.org/10.5555/1'])
    },
  )

  it.each([
    ['PMID', '12345678'],
    ['JaLC', 'to be registered'],
  ] as const)('does not take what is registered with %s as %s for a DOI', (agency, value) => {
    expect(said('identifier', { identifierRegistration: { value, agency } })).toEqual([URL])
  })

  const created = { value: '2020', type: 'Created' } as const
  it.each([
    ['when it was issued', [created, { value: '2026-03', type: 'Issued' }], '2019-03-25', '2026-03'],
    ['the first day of a range', [{ value: '2024-05/2026', type: 'Issued' }], undefined, '2024-05'],
    ['the end of a range that has no beginning', [{ value: '/2026', type: 'Issued' }], undefined, '2026'],
    ['the day of a moment', [{ value: '2026-03-18T10:30:00+09:00', type: 'Issued' }], undefined, '2026-03-18'],
    ['when a degree was granted', [created], '2019-03-25', '2019-03-25'],
    ['when it was made', [{ value: '2027', type: 'Available' }, created], undefined, '2020'],
    ['when it was published here', [{ value: '2027', type: 'Available' }], undefined, '2026-04-01'],
  ] satisfies [string, RecordInput['dates'], string | undefined, string][])(
    'has one date: %s',
    (_, dates, dateGranted, expected) => {
      expect(said('date', { dates, dateGranted })).toEqual([expected])
    },
  )

  it.each([
    ['open access', 'openAccess', 'c_abf2'],
    ['embargoed access', 'embargoedAccess', 'c_f1cf'],
    ['restricted access', 'restrictedAccess', 'c_16ec'],
    ['metadata only access', 'closedAccess', 'c_14cb'],
  ] as const)('has the rights of %s as OpenAIRE and COAR name them, then the licence', (right, term, id) => {
    const rights = [{ value: 'CC BY 4.0', uri: 'https://creativecommons.org/licenses/by/4.0/' }]
    expect(said('rights', { rights, accessRights: { term: 'open access' } }, { access: { right } })).toEqual([
      `info:eu-repo/semantics/${term}`,
      `http://purl.org/coar/access_right/${id}`,
      'https://creativecommons.org/licenses/by/4.0/',
      'CC BY 4.0',
    ])
  })

  it('has type and version as COAR names them', () => {
    expect(said('type', { type: { term: 'journal article' }, versionType: { term: 'AM' } })).toEqual([
      'http://purl.org/coar/resource_type/c_6501',
      'journal article',
      'http://purl.org/coar/version/c_ab4af688f83e57aa',
    ])
  })

  it('names each creator once, in the language of the title', () => {
    const creators = [
      {
        names: [
          { value: 'Kura, Hanako', lang: 'en' },
          { value: '蔵, 花子', lang: 'ja' },
        ],
      },
      { names: [{ value: 'Kura Laboratory', lang: 'en' }] },
      {},
    ]
    expect(said('creator', { creators })).toEqual(['蔵, 花子', 'Kura Laboratory'])
    const titles = [{ value: 'Kura', lang: 'en' }]
    expect(said('creator', { titles, creators })).toEqual(['Kura, Hanako', 'Kura Laboratory'])
  })

  it('names family before given name where the record tells them apart', () => {
    const agent = {
      names: [{ value: 'Hanako Kura', lang: 'ja' }],
      familyNames: [{ value: 'Kura', lang: 'ja' }],
      givenNames: [{ value: 'Hanako', lang: 'ja' }],
    }
    expect(said('creator', { creators: [agent] })).toEqual(['Kura, Hanako'])
    expect(said('contributor', { contributors: [agent] })).toEqual(['Kura, Hanako'])
    expect(said('creator', { creators: [{ ...agent, givenNames: [] }] })).toEqual(['Hanako Kura'])
  })

  it.each([
    [{ volume: '12', issue: '3', pageStart: '34', pageEnd: '57' }, '蔵紀要, 12(3), 34-57'],
    [{ volume: '12', pageStart: 'e5', pageEnd: 'e5' }, '蔵紀要, 12, e5'],
    [{ issue: '3' }, '蔵紀要, (3)'],
    [{}, '蔵紀要'],
  ])('cites its source %j', (place, expected) => {
    const sourceIdentifiers = [{ value: '1234-5679', type: 'EISSN' } as const]
    expect(said('source', { sourceTitles: [{ value: '蔵紀要', lang: 'ja' }], sourceIdentifiers, ...place })).toEqual([
      expected,
      'ISSN 1234-5679',
    ])
  })

  it('has related works by address, by kind and number, or else by title', () => {
    expect(
      said('relation', {
        relations: [
          { identifier: { value: '10.5555/1', type: 'DOI' }, titles: [{ value: 'not needed' }] },
          { identifier: { value: 'https://kura.example/1', type: 'URI' } },
          { identifier: { value: '12345678', type: 'PMID' } },
          { identifier: { value: 'A-1', type: 'Local' } },
          { titles: [{ value: '蔵の話' }] },
        ],
      }),
    ).toEqual(['https://doi.org/10.5555/1', 'https://kura.example/1', 'PMID 12345678', 'A-1', '蔵の話'])
  })

  it('has the type of each file once, of those of which the reader may know', () => {
    const file = {
      name: 'a',
      label: 'a',
      url: `${URL}/files/a`,
      access: 'open',
      readable: true,
      type: 'text/csv',
    } as const
    const files = [{ uri: 'secret.pdf', mimeType: 'application/pdf' }]
    expect(said('format', { files, formats: [{ value: '袋綴' }] }, { files: [file, { ...file, name: 'b' }] })).toEqual([
      'text/csv',
      '袋綴',
    ])
  })

  it('gives texts their language and languages their code, and says nothing twice or blank', () => {
    const record = Record.parse({
      titles: [{ value: '蔵', lang: 'ja' }],
      alternativeTitles: [{ value: '蔵', lang: 'ja' }, { value: '蔵', lang: 'zh-cn' }, { value: ' ' }],
      type: { term: 'dataset' },
      languages: ['jpn'],
    })
    const elements = elementsOf(disseminationOf(record)).filter(({ name }) => /title|language/.test(name))
    expect(elements.map(({ name, text, attributes }) => [name, text, attributes.get('xml:lang')])).toEqual([
      ['dc:title', '蔵', 'ja'],
      ['dc:title', '蔵', 'zh-cn'],
      ['dc:language', 'jpn', undefined],
    ])
  })

  it('has of every record one date, our address first, the access rights first, and nothing blank', () => {
    fc.assert(
      fc.property(anyRecord(), (record) => {
        const elements = elementsOf(disseminationOf(record))
        const texts = (name: string) => elements.filter((each) => each.name === `dc:${name}`).map(({ text }) => text)
        expect(texts('date')).toEqual([expect.stringMatching(/^\d{4}(-\d{2}){0,2}$/)])
        expect(texts('identifier')[0]).toBe(URL)
        expect(texts('rights')[0]).toBe('info:eu-repo/semantics/openAccess')
        expect(texts('creator').length).toBeLessThanOrEqual(record.creators.length)
        expect(elements.filter(({ text }) => text.trim() === '')).toEqual([])
      }),
    )
  })
})

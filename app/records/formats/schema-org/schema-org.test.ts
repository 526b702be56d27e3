import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../../test/support/dissemination.ts'
import type { DisseminatedFile, Dissemination } from '../../../items/dissemination.ts'
import { Record, type RecordInput } from '../../model.ts'
import { works } from '../citations/cited.examples.ts'
import { schemaOrg } from './index.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵リポジトリ', en: 'Kura Repository' } }
/** As a page or a program gets it. */
const said = (work: RecordInput, others: Partial<Dissemination> = {}) =>
  JSON.parse(JSON.stringify(schemaOrg(disseminationOf(Record.parse(work), others), repository)))

const csv: DisseminatedFile = {
  name: 'a.csv',
  label: 'Tides of 2022',
  url: 'https://kura.example/items/7/files/a.csv',
  access: 'open',
  readable: true,
  type: 'text/csv',
  size: 1_234,
  sha256: 'ab',
}

const dataset: RecordInput = {
  titles: [{ value: 'Tide data', lang: 'en' }],
  creators: [
    {
      names: [
        { value: 'Suzuki, Taro', lang: 'en' },
        { value: '鈴木, 太郎', lang: 'ja' },
      ],
      identifiers: [{ value: '0000-0000-0000-0001', scheme: 'ORCID' }],
      affiliations: [
        { names: [{ value: 'Fictional University' }], identifiers: [{ value: '00fxz0000', scheme: 'ROR' }] },
      ],
    },
  ],
  type: { term: 'survey data' },
  dates: [
    { value: '2022-07-01', type: 'Issued' },
    { value: '2020/2022', type: 'Coverage' },
  ],
  descriptions: [{ value: 'Heights of the tide at a harbour that is nowhere, hour by hour.', type: 'Abstract' }],
  version: '1.2',
  identifiers: [{ value: 'https://doi.org/10.99999/kura.7', type: 'DOI' }],
  rights: [{ value: 'CC BY', uri: 'https://creativecommons.org/licenses/by/4.0/deed.en' }],
  geoLocations: [{ places: ['Nowhere'], box: { west: 135, east: 136, south: 34, north: 35 } }],
  fundingReferences: [
    {
      funderNames: [{ value: 'Fictional Fund' }],
      funderIdentifier: { value: 'https://ror.org/00fxz0001', type: 'ROR' },
      awardNumber: { value: 'F-1', uri: 'https://fund.example/F-1' },
    },
  ],
}

describe('data', () => {
  it('are said as an index of data sets asks for them', () => {
    expect(said(dataset, { files: [csv] })).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Dataset',
      '@id': 'https://doi.org/10.99999/kura.7',
      url: 'https://kura.example/items/7',
      name: 'Tide data',
      description: 'Heights of the tide at a harbour that is nowhere, hour by hour.',
      creator: [
        {
          '@type': 'Person',
          '@id': 'https://orcid.org/0000-0000-0000-0001',
          name: 'Suzuki, Taro',
          familyName: 'Suzuki',
          givenName: 'Taro',
          alternateName: ['鈴木, 太郎'],
          affiliation: [{ '@type': 'Organization', '@id': 'https://ror.org/00fxz0000', name: 'Fictional University' }],
        },
      ],
      license: 'https://creativecommons.org/licenses/by/4.0/',
      isAccessibleForFree: true,
      version: '1.2',
      temporalCoverage: ['2020/2022'],
      spatialCoverage: [{ '@type': 'Place', name: 'Nowhere', geo: { '@type': 'GeoShape', box: '34 135 35 136' } }],
      funder: [{ '@type': 'Organization', '@id': 'https://ror.org/00fxz0001', name: 'Fictional Fund' }],
      funding: [{ '@type': 'Grant', identifier: 'F-1', url: 'https://fund.example/F-1' }],
      distribution: [
        {
          '@type': 'DataDownload',
          name: 'Tides of 2022',
          contentUrl: 'https://kura.example/items/7/files/a.csv',
          encodingFormat: 'text/csv',
          contentSize: '1234 B',
          sha256: 'ab',
          license: 'https://creativecommons.org/licenses/by/4.0/',
        },
      ],
      includedInDataCatalog: { '@type': 'DataCatalog', name: 'Kura Repository', url: 'https://kura.example' },
    })
  })

  it('are distributed only where everybody may have them', () => {
    const closed = { ...csv, access: 'closed' as const, readable: false }
    const access = { right: 'embargoed access' as const, until: '2031-04-01' }
    const { distribution, isAccessibleForFree, conditionsOfAccess } = said(dataset, { files: [closed], access })
    expect({ distribution, isAccessibleForFree, conditionsOfAccess }).toEqual({
      isAccessibleForFree: false,
      conditionsOfAccess: 'embargoed access until 2031-04-01',
    })
  })

  it('with a description that is too long have as much of it as is read', () => {
    const descriptions = [{ value: '𠮷'.repeat(6_000), type: 'Abstract' as const }]
    const { description } = said({ ...dataset, descriptions })
    expect([...description]).toHaveLength(5_000)
    expect(description.isWellFormed()).toBe(true)
  })
})

describe('other works', () => {
  it.each([
    ['article', 'ScholarlyArticle'],
    ['thesis', 'Thesis'],
    ['book', 'Book'],
    ['chapter', 'Chapter'],
    ['software', 'SoftwareSourceCode'],
    ['report', 'Report'],
    ['other', 'ImageObject'],
  ])('are called by their kind: %s, %s', (kind, type) => {
    expect(said(works[kind] as RecordInput)['@type']).toBe(type)
  })

  it('are part of an issue of a volume of a periodical', () => {
    expect(said(works.article as RecordInput)).toMatchObject({
      headline: '潮位の変化',
      alternateName: ['Changes of the tide'],
      pageStart: '34',
      pageEnd: '57',
      isPartOf: [
        {
          '@type': 'PublicationIssue',
          issueNumber: '3',
          isPartOf: {
            '@type': 'PublicationVolume',
            volumeNumber: '12',
            isPartOf: { '@type': 'Periodical', name: '架空大学紀要' },
          },
        },
      ],
    })
  })

  it('are tied to others by address or title', () => {
    const relations = [
      { type: 'references' as const, identifier: { value: 'https://doi.org/10.99999/other', type: 'DOI' as const } },
      { type: 'references' as const, titles: [{ value: 'An old book' }] },
      { type: 'isIdenticalTo' as const, identifier: { value: 'javascript:alert(1)', type: 'URI' as const } },
    ]
    expect(said({ ...works.article, relations } as RecordInput)).toMatchObject({
      citation: [
        { '@type': 'CreativeWork', '@id': 'https://doi.org/10.99999/other' },
        { '@type': 'CreativeWork', name: 'An old book' },
      ],
    })
    expect(JSON.stringify(said({ ...works.article, relations } as RecordInput))).not.toContain('javascript:')
  })
})

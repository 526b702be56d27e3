import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../../test/support/dissemination.ts'
import type { Dissemination } from '../../../items/dissemination.ts'
import { Record, type RecordInput } from '../../model.ts'
import { parseXml } from '../xml.ts'
import { dataCiteOf } from './resource.ts'
import { writeDataCiteXml } from './xml.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵リポジトリ', en: 'Kura Repository' } }
const bare: RecordInput = { titles: [{ value: 'Tide data', lang: 'en' }], type: { term: 'dataset' } }
const item = (work: Partial<RecordInput>, others: Partial<Dissemination> = {}) =>
  disseminationOf(Record.parse({ ...bare, ...work }), others)
const said = (...given: Parameters<typeof item>) => dataCiteOf(item(...given), repository)

describe('DataCite', () => {
  it('has what it must have of a record that says next to nothing', () => {
    expect(said({})).toMatchObject({
      creators: [{ name: '(:unav)' }],
      titles: [{ title: 'Tide data', lang: 'en' }],
      publisher: { name: 'Kura Repository', publisherIdentifier: 'https://kura.example' },
      publicationYear: '2026',
      types: { resourceType: 'dataset', resourceTypeGeneral: 'Dataset' },
    })
  })

  it('has a person with parts of the name, ORCID and one identifier of each affiliation', () => {
    const creators = [
      {
        names: [{ value: 'Suzuki, Taro', lang: 'en' }],
        identifiers: [{ value: '0000-0000-0000-0001', scheme: 'ORCID' as const }],
        affiliations: [
          {
            names: [{ value: 'Fictional University', lang: 'en' }],
            identifiers: [
              { value: '0000000000000001', scheme: 'ISNI' as const },
              { value: 'https://ror.org/00fxz0000', scheme: 'ROR' as const },
            ],
          },
        ],
      },
    ]
    expect(said({ creators }).creators).toEqual([
      {
        name: 'Suzuki, Taro',
        nameType: 'Personal',
        givenName: 'Taro',
        familyName: 'Suzuki',
        lang: 'en',
        nameIdentifiers: [
          {
            nameIdentifier: 'https://orcid.org/0000-0000-0000-0001',
            nameIdentifierScheme: 'ORCID',
            schemeUri: 'https://orcid.org/',
          },
        ],
        affiliation: [
          {
            name: 'Fictional University',
            affiliationIdentifier: 'https://ror.org/00fxz0000',
            affiliationIdentifierScheme: 'ROR',
            schemeUri: 'https://ror.org/',
          },
        ],
      },
    ])
  })

  it('tells titles in other languages from how the title is read', () => {
    const titles = [
      { value: '潮位', lang: 'ja' },
      { value: 'チョウイ', lang: 'ja-Kana' },
      { value: 'Tide', lang: 'en' },
    ]
    expect(said({ titles }).titles.map(({ titleType }) => titleType)).toEqual([
      undefined,
      'AlternativeTitle',
      'TranslatedTitle',
    ])
  })

  it.each([
    ['https://creativecommons.org/licenses/by-nc/4.0/deed.ja', 'CC-BY-NC-4.0'],
    ['http://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
    ['https://creativecommons.org/licenses/by/2.1/jp/', undefined],
    ['https://licence.example/', undefined],
  ])('knows the licence at %s as %s', (uri, spdx) => {
    const rights = [{ value: 'licence', uri }]
    const [licence] = said({ rights }).rightsList
    expect(licence && 'rightsIdentifier' in licence ? licence.rightsIdentifier : undefined).toBe(spdx)
  })

  it.each([
    ['DOI', 'https://doi.org/10.99999/a', 'DOI', '10.99999/a'],
    ['HDL', 'https://hdl.handle.net/1/2', 'Handle', 'https://hdl.handle.net/1/2'],
    ['PISSN', '1234-5679', 'ISSN', '1234-5679'],
    ['CRID', 'https://cir.nii.ac.jp/crid/1', 'URL', 'https://cir.nii.ac.jp/crid/1'],
    ['URI', 'urn:nbn:jp-1', 'URN', 'urn:nbn:jp-1'],
  ] as const)('has a related work by its %s %s as %s', (type, value, relatedIdentifierType, relatedIdentifier) => {
    const relations = [{ type: 'isFormatOf' as const, identifier: { type, value } }]
    expect(said({ relations }).relatedIdentifiers).toEqual([
      { relatedIdentifier, relatedIdentifierType, relationType: 'IsVariantFormOf' },
    ])
  })

  it('leaves out related works of which it could say nothing', () => {
    const relations = [
      { type: 'isPartOf' as const, identifier: { type: 'NAID' as const, value: '110000000000' } },
      { type: 'isPartOf' as const, titles: [{ value: 'A series' }] },
      { identifier: { type: 'DOI' as const, value: 'https://doi.org/10.99999/a' } },
    ]
    expect(said({ relations }).relatedIdentifiers).toBeUndefined()
  })

  it('says the end of an embargo, and the access that follows from it', () => {
    const access = { right: 'embargoed access' as const, until: '2031-04-01' }
    expect(said({}, { access })).toMatchObject({
      dates: [{ date: '2031-04-01', dateType: 'Available' }],
      rightsList: [{ rights: 'embargoed access' }],
    })
  })

  it('is in XML what it is in JSON', () => {
    const work = {
      identifiers: [{ value: 'https://doi.org/10.99999/kura.7', type: 'DOI' as const }],
      geoLocations: [{ places: ['Nowhere', 'Elsewhere'], point: { longitude: 135.5, latitude: -34 } }],
      fundingReferences: [
        { funderNames: [{ value: 'Fund' }], awardNumber: { value: 'F-1', uri: 'https://f.example/1' } },
      ],
    }
    const { root } = parseXml(writeDataCiteXml(item(work), repository), new Map([[NAMESPACE, '']]))
    const texts = (name: string) => root.children.filter((each) => each.name.endsWith(name)).map(textOf)
    expect(texts('identifier')).toEqual(['10.99999/kura.7'])
    expect(texts('geoLocations')).toEqual(['Nowhere135.5-34Elsewhere'])
    expect(texts('fundingReferences')).toEqual(['FundF-1'])
  })
})

const NAMESPACE = 'http://datacite.org/schema/kernel-4'

const textOf = (element: { text: string; children: unknown[] }): string =>
  element.text.trim() + (element.children as Parameters<typeof textOf>[0][]).map(textOf).join('')

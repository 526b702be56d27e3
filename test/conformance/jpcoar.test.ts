import { expect, it } from 'vitest'
import { EDITIONS, JPCOAR_2_0, JPCOAR_2_1, writeJpcoar } from '../../app/records/formats/jpcoar/index.ts'
import { sayableRecord } from '../../app/records/formats/jpcoar/sayable.arbitrary.ts'
import type { Record } from '../../app/records/model.ts'
import * as vocabulary from '../../app/records/vocabularies.ts'
import { fc } from '../support/property.ts'
import { differences } from './canonical.ts'
import { readWithoutFinding, sample, samples } from './samples.ts'
import { validate } from './schema.ts'
import { describeWithReference, referenceNames, referenceText } from './shared.ts'

const schemaOf = (version: string) => `jpcoar/${version}/jpcoar_scm.xsd`
const SCHEMA = schemaOf('2.0')
const readAndWrite = (xml: string) => writeJpcoar(readWithoutFinding(xml), JPCOAR_2_0)

const RDF_RESOURCE = '@{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource'

const COORDINATES = [
  'geoLocation[1]/geoLocationBox[1]/westBoundLongitude[1]/text()',
  'geoLocation[1]/geoLocationBox[1]/southBoundLatitude[1]/text()',
]

interface Justification {
  why: string
  may: (before: string, after: string) => boolean
  where: { readonly [sample: string]: readonly string[] }
}

/** What reading and writing changes in the official samples, and why it may: this and nothing else. */
const JUSTIFIED: readonly Justification[] = [
  {
    why: 'blanks round a value say nothing',
    may: (before, after) => before.trim() === after,
    where: {
      '07_dataset.xml': ['description[1]/text()'],
      '11_dataset_external_link.xml': ['description[1]/text()'],
      '12_digital_archive.xml': [
        'title[1]/text()',
        'alternative[1]/text()',
        'alternative[3]/text()',
        'creator[1]/nameIdentifier[1]/text()',
        'publisher[1]/publisherDescription[1]/text()',
        'publisher[2]/publisherDescription[1]/text()',
        'publisher[3]/publisherDescription[1]/text()',
        'catalog[1]/title[3]/text()',
      ],
      '13_digital_archive_dataset_series.xml': ['title[1]/text()'],
    },
  },
  {
    why: 'an address that was wrapped is joined again',
    may: (before, after) => before.replace(/\s+/g, '') === after,
    where: { '06_doctoral_thesis_published.xml': ['file[3]/URI[1]/text()'] },
  },
  {
    why: 'a coordinate is a number, and says the same without the noughts at its end',
    may: (before, after) => Number(before) === Number(after),
    where: { '07_dataset.xml': COORDINATES, '11_dataset_external_link.xml': COORDINATES },
  },
  {
    why: 'the samples name the URI of another type than the term (still image, experimental data): the term decides',
    may: (_, after) => /\/(c_2f33|c_ddb1)$/.test(after),
    where: {
      '13_digital_archive_dataset_series.xml': [`type[1]/${RDF_RESOURCE}`],
      '14_common_metadata_elements_cao.xml': [`type[1]/${RDF_RESOURCE}`],
    },
  },
]

describeWithReference('the official samples of JPCOAR 2.0', () => {
  it('are all there, and the schema finds them valid', async () => {
    expect(samples).toHaveLength(14)
    expect(await validate(SCHEMA, Object.fromEntries(samples.map((name) => [name, sample(name)])))).toEqual([])
  })

  it('are valid when read and written again', async () => {
    const documents = Object.fromEntries(samples.map((name) => [name, readAndWrite(sample(name))]))
    expect(await validate(SCHEMA, documents)).toEqual([])
  })

  it.each(samples)('say the same when read and written again: %s', (name) => {
    const justified = JUSTIFIED.flatMap(({ where, may, why }) =>
      (where[name] ?? []).map((path) => ({ path: `/jpcoar[1]/${path}`, may, why })),
    )
    const found = differences(sample(name), readAndWrite(sample(name)))
    expect(found.filter(({ path }) => !justified.some((each) => each.path === path))).toEqual([])
    for (const { path, may, why } of justified) {
      const { before = '', after = '' } = found.find((each) => each.path === path) ?? {}
      expect({ path, before, after, why, may: may(before, after) }).toMatchObject({ before: /./, may: true })
    }
  })

  it.each(samples)('are read and written as 2.1 just as well: %s', (name) => {
    const later = (xml: string) => xml.replaceAll('/2.0/', '/2.1/')
    const record = readWithoutFinding(later(sample(name)))
    expect(record).toEqual(readWithoutFinding(sample(name)))
    expect(writeJpcoar(record, JPCOAR_2_1)).toBe(later(writeJpcoar(record, JPCOAR_2_0)))
  })
})

describeWithReference('the vocabularies', () => {
  const termsIn = (version: string) => {
    const schemas = referenceNames(`xsd/jpcoar/${version}`).map((name) =>
      referenceText(`xsd/jpcoar/${version}/${name}`),
    )
    return schemas
      .flatMap((schema) => [...schema.matchAll(/<xs:enumeration value="([^"]+)"/g)].map(([, term = '']) => term))
      .filter((term) => !['True', 'False'].includes(term))
  }
  const known = Object.values(vocabulary).flatMap((terms): readonly string[] => (Array.isArray(terms) ? terms : []))

  it('have the terms of 2.1, and besides one list of 1.0', () => {
    expect(new Set(known)).toEqual(new Set([...termsIn('2.1'), ...vocabulary.apcStates]))
  })

  it.each(EDITIONS)('have those of $version too, or know what they are read as', ({ version, instead, retired }) => {
    const spelled = Object.values(instead).flatMap((terms) => Object.values(terms))
    const wider = Object.values(retired).flatMap((terms) => Object.keys(terms))
    const others = [...new Set([...spelled, ...wider])].filter((term) => term !== null && !known.includes(term))
    expect(new Set(termsIn(version).filter((term) => !known.includes(term)))).toEqual(new Set(others))
  })

  it.each(EDITIONS)('say of each term that $version does not have how it is written there', ({ version, instead }) => {
    const had = new Set(termsIn(version))
    const written = Object.values(instead).flatMap((terms) => Object.values(terms))
    expect(written.filter((term) => term !== null && !had.has(term))).toEqual([])
  })
})

describeWithReference('every record that an edition can say', () => {
  it.each(EDITIONS)('is valid in $version, and the same when read again', async (edition) => {
    const identified = sayableRecord(edition).map((record): Record => {
      return { ...record, identifiers: [{ value: 'https://kura.example/items/1', type: 'URI' }, ...record.identifiers] }
    })
    await fc.assert(
      fc.asyncProperty(fc.array(identified, { minLength: 1, maxLength: 8 }), async (records) => {
        const written = records.map((record) => writeJpcoar(record, edition))
        expect(written.map(readWithoutFinding)).toEqual(records)
        const documents = Object.fromEntries(written.map((xml, index) => [`${index}.xml`, xml]))
        expect(await validate(schemaOf(edition.version), documents)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describeWithReference('these checks', () => {
  const name = '01_departmental_bulletin_paper_oa.xml'

  it('find elements in the wrong order', async () => {
    const language = '<dc:language>jpn</dc:language>'
    const wrong = sample(name).replace(language, '').replace('<dc:title', `${language}<dc:title`)
    expect(await validate(SCHEMA, { 'wrong.xml': wrong })).toEqual([
      expect.stringMatching(/^wrong\.xml:\d+: .*language': This element is not expected\. Expected is .*title/),
    ])
  })

  it.each([
    ['an element', /<dc:language>.*\n/, ''],
    ['an attribute', / xml:lang="ja-Kana"/, ''],
    ['a character', /バクハツ/, 'バクハシ'],
    ['the order', /(<jpcoar:volume>.*\n)(.*\n)/, '$2$1'],
    ['a namespace', /dcterms:accessRights/g, 'dc:accessRights'],
  ])('find that the codec lost or changed %s', (_, part, replacement) => {
    const written = readAndWrite(sample(name))
    const changed = written.replace(part, replacement)
    expect(changed).not.toBe(written)
    expect(differences(sample(name), written)).toEqual([])
    expect(differences(sample(name), changed)).not.toEqual([])
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DisseminatedFile, Dissemination } from '../../app/items/dissemination.ts'
import { readJpcoar, writeDissemination, writeJpcoar } from '../../app/records/formats/jpcoar/index.ts'
import { sayableRecord } from '../../app/records/formats/jpcoar/sayable.arbitrary.ts'
import type { Record } from '../../app/records/model.ts'
import { anyRecord } from '../../app/records/record.arbitrary.ts'
import * as vocabulary from '../../app/records/vocabularies.ts'
import { differences } from './canonical.ts'
import { schemaFile, validate, validateAgainst } from './schema.ts'
import { describeWithReference, referenceNames, referenceText } from './shared.ts'

const SCHEMA = 'jpcoar/2.0/jpcoar_scm.xsd'
const FOLDER = 'samples/jpcoar-2.0'
const samples = referenceNames(FOLDER)
const sample = (name: string) => referenceText(`${FOLDER}/${name}`)

const readWithoutFinding = (xml: string): Record => {
  const { record, errors, warnings } = readJpcoar(xml)
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
  return record as Record
}
const readAndWrite = (xml: string) => writeJpcoar(readWithoutFinding(xml))

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

  it('are read as 2.1 just as well', () => {
    for (const name of samples) {
      expect(readWithoutFinding(sample(name).replaceAll('/2.0/', '/2.1/'))).toEqual(readWithoutFinding(sample(name)))
    }
  })
})

describeWithReference('the vocabularies', () => {
  const termsIn = (edition: string) =>
    ['jpcoar_scm', 'datacite', 'dcterms', 'openaire']
      .map((name) => referenceText(`xsd/jpcoar/${edition}/${name}.xsd`))
      .flatMap((schema) => [...schema.matchAll(/<xs:enumeration value="([^"]+)"/g)].map(([, term = '']) => term))
  const known = Object.values(vocabulary).flatMap((terms): readonly string[] => (Array.isArray(terms) ? terms : []))

  it('have the terms of 2.1, all and no others', () => {
    expect(new Set([...known, 'True', 'False'])).toEqual(new Set(termsIn('2.1')))
  })

  it('have those of 2.0, but for one that 2.1 spells otherwise', () => {
    expect(termsIn('2.0').filter((term) => !known.includes(term) && !['True', 'False'].includes(term))).toEqual([
      'Cites',
    ])
  })
})

describeWithReference('every record of the model', () => {
  const URL = 'https://kura.example/items/1'
  const file: fc.Arbitrary<DisseminatedFile> = fc.record({
    name: fc.constant('a.csv'),
    label: fc.string({ unit: 'grapheme' }),
    url: fc.webUrl(),
    access: fc.constantFrom('open', 'embargoed', 'signed-in', 'closed'),
    readable: fc.boolean(),
    type: fc.constantFrom('text/csv', 'application/pdf'),
    size: fc.nat(),
  })
  const dissemination: fc.Arbitrary<Dissemination> = fc.record({
    number: fc.constant(1),
    url: fc.constant(URL),
    record: anyRecord(),
    files: fc.array(file, { maxLength: 2 }),
    access: fc.record({ right: fc.constantFrom(...vocabulary.accessRights), until: fc.constant('2031-04-01') }),
    publicationDate: fc.constant('2026-04-01'),
    revision: fc.constant(1),
    updatedAt: fc.constant(new Date('2026-04-01T00:00:00Z')),
    versions: fc.constant([]),
  })
  const numbered = (documents: string[]) => Object.fromEntries(documents.map((xml, index) => [`${index}.xml`, xml]))

  it('is valid when published', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dissemination, { minLength: 1, maxLength: 8 }), async (items) => {
        expect(await validate(SCHEMA, numbered(items.map(writeDissemination)))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('is valid, and the same when read again, where 2.0 can say it', async () => {
    const identified = sayableRecord.map((record): Record => {
      return { ...record, identifiers: [{ value: URL, type: 'URI' }, ...record.identifiers] }
    })
    await fc.assert(
      fc.asyncProperty(fc.array(identified, { minLength: 1, maxLength: 8 }), async (records) => {
        const written = records.map(writeJpcoar)
        expect(written.map(readWithoutFinding)).toEqual(records)
        expect(await validate(SCHEMA, numbered(written))).toEqual([])
      }),
      { numRuns: 40 },
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

  it('refuse a schema that skips an import', async () => {
    const both = ['2.0', '2.1'].map((version) => {
      const namespace = `https://github.com/JPCOAR/schema/blob/master/${version}/`
      return `<xs:import namespace="${namespace}" schemaLocation="${version}.xsd"/>`
    })
    const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${both.join('')}</xs:schema>`
    const parts = referenceNames('xsd/jpcoar/2.0').map((file) => schemaFile(file, `xsd/jpcoar/2.0/${file}`))
    const imports = [
      ...parts,
      schemaFile('2.0.xsd', 'xsd/jpcoar/2.0/jpcoar_scm.xsd'),
      schemaFile('2.1.xsd', 'xsd/jpcoar/2.1/jpcoar_scm.xsd'),
      schemaFile('xml.xsd', 'xsd/xml.xsd'),
    ]
    const schema = [{ fileName: 'driver.xsd', contents: driver }]
    await expect(validateAgainst(schema, imports, { 'a.xml': sample(name) })).rejects.toThrow(/Skipping import/)
  })
})

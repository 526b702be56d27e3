import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Record, type RecordInput } from '../../model.ts'
import { anyRecord } from '../../record.arbitrary.ts'
import { readJpcoar, writeJpcoar } from './index.ts'
import { sayableRecord } from './sayable.arbitrary.ts'

const write = (input: Partial<RecordInput>) =>
  writeJpcoar(Record.parse({ titles: [{ value: '蔵' }], type: { term: 'dataset' }, ...input }))

describe('writing JPCOAR 2.0', () => {
  it('writes what it reads back', () => {
    fc.assert(
      fc.property(sayableRecord, (record) => {
        expect(readJpcoar(writeJpcoar(record))).toEqual({ record, errors: [], warnings: [] })
      }),
    )
  })

  it('writes every record such that it can be read without a finding', () => {
    fc.assert(
      fc.property(anyRecord(), (record) => {
        expect(readJpcoar(writeJpcoar(record))).toMatchObject({ errors: [], warnings: [] })
      }),
    )
  })

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

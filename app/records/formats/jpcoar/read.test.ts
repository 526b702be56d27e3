import { describe, expect, it } from 'vitest'
import { readJpcoar } from './index.ts'

const NAMESPACES = [
  'xmlns:jpcoar="https://github.com/JPCOAR/schema/blob/master/2.0/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:dcterms="http://purl.org/dc/terms/"',
  'xmlns:datacite="https://schema.datacite.org/meta/kernel-4/"',
  'xmlns:dcndl="http://ndl.go.jp/dcndl/terms/"',
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
].join(' ')
const TITLE = '<dc:title xml:lang="ja">蔵の研究</dc:title>'
const TYPE = '<dc:type rdf:resource="http://purl.org/coar/resource_type/c_ddb1">dataset</dc:type>'

const document = (...elements: string[]) => `<jpcoar:jpcoar ${NAMESPACES}>${elements.join('\n')}</jpcoar:jpcoar>`
const read = (...elements: string[]) => readJpcoar(document(TITLE, TYPE, ...elements))

describe('reading a JPCOAR record', () => {
  it('gives the fields of the model', () => {
    const { record, warnings } = read(
      `<jpcoar:creator creatorType="著">
         <jpcoar:nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0097</jpcoar:nameIdentifier>
         <jpcoar:creatorName xml:lang="ja" nameType="Personal">蔵, 花子</jpcoar:creatorName>
         <jpcoar:affiliation><jpcoar:affiliationName>蔵大学</jpcoar:affiliationName></jpcoar:affiliation>
       </jpcoar:creator>`,
      '<jpcoar:datasetSeries>True</jpcoar:datasetSeries>',
      '<jpcoar:pageStart>34</jpcoar:pageStart>',
      `<jpcoar:file>
         <jpcoar:URI objectType="dataset" label="data.csv">record/data.csv</jpcoar:URI>
         <jpcoar:extent>1 GB</jpcoar:extent>
       </jpcoar:file>`,
    )
    expect(warnings).toEqual([])
    expect(record).toMatchObject({
      titles: [{ value: '蔵の研究', lang: 'ja' }],
      type: { term: 'dataset', uri: 'http://purl.org/coar/resource_type/c_ddb1' },
      creators: [
        {
          type: '著',
          identifiers: [{ value: '0000-0002-1825-0097', scheme: 'ORCID' }],
          names: [{ value: '蔵, 花子', lang: 'ja', type: 'Personal' }],
          affiliations: [{ identifiers: [], names: [{ value: '蔵大学' }] }],
        },
      ],
      datasetSeries: true,
      pageStart: '34',
      files: [{ uri: 'record/data.csv', label: 'data.csv', objectType: 'dataset', extents: ['1 GB'] }],
    })
  })

  it('reads elements in any order, keeping the order of those with one name', () => {
    const { record, errors, warnings } = readJpcoar(
      document(
        '<dc:language>jpn</dc:language>',
        TYPE,
        '<dc:title>A</dc:title>',
        '<dc:language>eng</dc:language>',
        TITLE,
      ),
    )
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
    expect(record?.titles.map((title) => title.value)).toEqual(['A', '蔵の研究'])
    expect(record?.languages).toEqual(['jpn', 'eng'])
  })

  it('knows namespaces, not prefixes', () => {
    const other = document(TITLE, TYPE).replace(/\b(jpcoar|dc|rdf)(?=[:=])/g, 'x-$1')
    expect(readJpcoar(other)).toEqual(readJpcoar(document(TITLE, TYPE)))
    const wrong = document(TITLE, TYPE, '<datacite:version>1</datacite:version>').replace(
      'https://schema.datacite.org/meta/kernel-4/',
      'http://datacite.org/schema/kernel-4',
    )
    expect(readJpcoar(wrong).warnings).toEqual([
      {
        rule: 'jpcoar.unknown',
        path: '{http://datacite.org/schema/kernel-4}version',
        message: 'is not an element in JPCOAR 2.0 and was left out',
      },
    ])
  })

  it('passes over comments, blanks round values, CDATA marks and attributes for the validator', () => {
    const { record, warnings } = read(
      '<dc:publisher xsi:nil="false" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"> 蔵<!-- -->出版 </dc:publisher>',
      '<dc:language>\n  jpn\n</dc:language>',
      '<datacite:description descriptionType=" Abstract "><![CDATA[a < b]]></datacite:description>',
      '<jpcoar:identifier identifierType="URI">https://kura.example/\n      records/1</jpcoar:identifier>',
    )
    expect(warnings).toEqual([])
    expect(record).toMatchObject({
      publishers: [{ value: '蔵出版' }],
      languages: ['jpn'],
      descriptions: [{ value: 'a < b', type: 'Abstract' }],
      identifiers: [{ value: 'https://kura.example/records/1', type: 'URI' }],
    })
  })

  it('takes an empty attribute, and an empty element that stands once, for one that is not there', () => {
    const { record, errors } = read(
      '<jpcoar:volume/><jpcoar:pageStart> </jpcoar:pageStart>',
      '<dc:rights rdf:resource=" ">CC BY</dc:rights>',
      '<jpcoar:file><jpcoar:URI label="data.csv"/></jpcoar:file>',
    )
    expect(errors).toEqual([])
    expect(record).toMatchObject({ rights: [{ value: 'CC BY' }], files: [{ label: 'data.csv' }] })
    expect([record?.volume, record?.pageStart, record?.rights[0]?.uri, record?.files[0]?.uri]).toEqual(
      Array(4).fill(undefined),
    )
  })

  it('gives text the language of the element round it, unless the text has its own or none', () => {
    const { record } = read(
      `<jpcoar:creator xml:lang="ja">
         <jpcoar:creatorName>蔵</jpcoar:creatorName>
         <jpcoar:creatorName xml:lang="en">Kura</jpcoar:creatorName>
         <jpcoar:creatorName xml:lang="">X</jpcoar:creatorName>
       </jpcoar:creator>`,
    )
    expect(record?.creators[0]?.names).toEqual([
      { value: '蔵', lang: 'ja' },
      { value: 'Kura', lang: 'en' },
      { value: 'X' },
    ])
  })

  it('reads 2.1, and its terms in 2.0 too', () => {
    const relation = '<jpcoar:relation relationType="cites"/><jpcoar:relation relationType="Cites"/>'
    const types = (reading: ReturnType<typeof readJpcoar>) => reading.record?.relations.map(({ type }) => type)
    expect(types(read(relation))).toEqual(['cites', 'cites'])
    const later = document(TITLE, TYPE, '<jpcoar:relation relationType="cites"/>').replace('/2.0/', '/2.1/')
    expect(types(readJpcoar(later))).toEqual(['cites'])
  })

  it('reads 1.0, by the names that it has for things', () => {
    const { record, errors, warnings } = readJpcoar(
      document(
        TITLE,
        '<dc:type rdf:resource="http://purl.org/coar/resource_type/c_2659">periodical</dc:type>',
        '<rioxxterms:apc xmlns:rioxxterms="http://www.rioxx.net/schema/v2.0/rioxxterms/">Paid</rioxxterms:apc>',
        '<jpcoar:subject subjectScheme="Sci-Val">1</jpcoar:subject>',
        '<datacite:date dateType="Issued">2016-04-01+09:00</datacite:date>',
        `<jpcoar:fundingReference>
           <datacite:funderIdentifier funderIdentifierType="GRID">grid.1</datacite:funderIdentifier>
           <jpcoar:funderName>蔵</jpcoar:funderName>
           <datacite:awardNumber>JP1</datacite:awardNumber>
         </jpcoar:fundingReference>`,
      ).replace('/2.0/', '/1.0/'),
    )
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
    expect(record).toMatchObject({
      type: { term: 'journal', uri: 'http://purl.org/coar/resource_type/c_2659' },
      apc: 'Paid',
      subjects: [{ scheme: 'SciVal' }],
      dates: [{ value: '2016-04-01' }],
      fundingReferences: [{ funderIdentifier: { value: 'grid.1', type: 'GRID' }, awardNumber: { value: 'JP1' } }],
    })
  })

  it('takes terms that only 1.0 has for wider ones, with a warning', () => {
    const { record, warnings } = readJpcoar(
      document(
        TITLE,
        '<dc:type rdf:resource="http://purl.org/coar/resource_type/c_18ww">internal report</dc:type>',
        '<jpcoar:contributor contributorType="RegistrationAgency"/>',
      ).replace('/2.0/', '/1.0/'),
    )
    expect(record).toMatchObject({
      type: { term: 'report', uri: 'http://purl.org/coar/resource_type/c_18ww' },
      contributors: [{ type: 'Other' }],
    })
    expect(warnings).toEqual([
      {
        rule: 'jpcoar.retired',
        path: 'jpcoar:contributor[1]/@contributorType',
        message: 'is RegistrationAgency, which JPCOAR has no more: taken for Other',
      },
      {
        rule: 'jpcoar.retired',
        path: 'dc:type',
        message: 'is internal report, which JPCOAR has no more: taken for report',
      },
    ])
  })

  it('knows no term that every object has', () => {
    const { errors } = readJpcoar(document(TITLE, '<dc:type>constructor</dc:type>').replace('/2.0/', '/1.0/'))
    expect(errors).toMatchObject([
      { path: 'dc:type', message: expect.stringMatching(/^is "constructor"; allowed are/) },
    ])
  })

  it('names what is wrong in 1.0 as 1.0 names it', () => {
    const wrong = document(
      TITLE,
      TYPE,
      '<jpcoar:fundingReference><datacite:funderIdentifier/></jpcoar:fundingReference>',
    )
    expect(readJpcoar(wrong.replace('/2.0/', '/1.0/')).errors.map(({ path }) => path)).toEqual([
      'jpcoar:fundingReference[1]/datacite:funderIdentifier/@funderIdentifierType',
      'jpcoar:fundingReference[1]/jpcoar:funderName',
    ])
  })

  it('reads bytes in the encoding that the document names', () => {
    const xml = `<?xml version="1.0" encoding="Shift_JIS"?>${document('<dc:title>TITLE</dc:title>', TYPE)}`
    const [before = '', after = ''] = xml.split('TITLE')
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0x91, 0xa0]), Buffer.from(after)])
    expect(readJpcoar(bytes).record?.titles).toEqual([{ value: '蔵' }])
    const utf16 = Buffer.from(`\ufeff${document(TITLE, TYPE)}`, 'utf16le')
    expect(readJpcoar(utf16).record?.titles[0]?.value).toBe('蔵の研究')
    expect(readJpcoar(Buffer.from(`\ufeff${document(TITLE, TYPE)}`)).record?.titles[0]?.value).toBe('蔵の研究')
  })

  it('warns of each element, attribute and text that it leaves out', () => {
    const { record, warnings } = read(
      '<dc:creator>蔵</dc:creator>',
      '<jpcoar:creator>蔵<jpcoar:creatorName id="1">花子</jpcoar:creatorName></jpcoar:creator>',
    )
    expect(record?.creators[0]?.names).toEqual([{ value: '花子' }])
    expect(warnings.map(({ path }) => path)).toEqual([
      'jpcoar:creator[1]/jpcoar:creatorName[1]/@id',
      'jpcoar:creator[1]/text()',
      'dc:creator',
    ])
  })
})

describe('refusing a JPCOAR record', () => {
  const errorsOf = (xml: string | Uint8Array) => {
    const { record, errors } = readJpcoar(xml)
    expect(record).toBeUndefined()
    return errors
  }

  it.each([
    ['is not XML at all', 'hello', 'xml.well-formed', /line 1, column 5/],
    ['ends early', `<a>\n  <b>`, 'xml.well-formed', /line 2, column 5: unclosed tag/],
    ['is empty', '', 'xml.well-formed', /must contain a root element/],
    ['holds NUL', document(TITLE.replace('蔵', '\0')), 'xml.well-formed', /disallowed character/],
    ['refers to NUL', document(TITLE.replace('蔵', '&#0;')), 'xml.well-formed', /malformed character entity/],
    ['uses an entity', document('<dc:title>&kura;</dc:title>'), 'xml.well-formed', /undefined entity/],
    ['uses an undeclared prefix', '<a:b/>', 'xml.well-formed', /unbound namespace prefix/],
    ['has a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${document(TITLE)}`, 'xml.doctype', /remove the <!DOCTYPE/],
    ['is nested deeply', '<a>'.repeat(40), 'xml.size', /deeper than 32 levels/],
    ['has very many elements', document('<a/>'.repeat(100_001)), 'xml.size', /more than 100000 elements/],
    ['is very long', document(`<dc:title>${'x'.repeat(10_000_000)}</dc:title>`), 'xml.size', /10000000 characters/],
    ['is another kind of document', '<rss/>', 'jpcoar.root', /rss; known are: jpcoar in .*1\.0\/, .*2\.0\/, .*2\.1\//],
    ['is of an unknown version', document(TITLE).replace('/2.0/', '/9.9/'), 'jpcoar.root', /known are/],
  ])('that %s', (_, xml, rule, message) => {
    expect(errorsOf(xml)).toEqual([{ rule, path: '/', message: expect.stringMatching(message) }])
  })

  it('whose bytes are not in the encoding that they claim', () => {
    expect(errorsOf(Buffer.from([0x3c, 0xff, 0x3e]))).toMatchObject([{ rule: 'xml.encoding', path: '/' }])
    const unknown = Buffer.from(`<?xml version="1.0" encoding="klingon"?>${document(TITLE)}`)
    expect(errorsOf(unknown)).toMatchObject([{ message: 'cannot be read as klingon: save it as UTF-8' }])
  })

  it.each([
    ['dc:type', document(TITLE, '<dc:type>datasets</dc:type>'), /is "datasets"; allowed are: .*, dataset, /],
    ['dc:type', document(TITLE), /is missing/],
    ['dc:title', document(TYPE), />=1/],
    ['dc:type', document(TITLE, TYPE, TYPE), /stands here 2 times; allowed is one/],
    ['dc:language[2]', read2('<dc:language>jpn</dc:language><dc:language>ja</dc:language>'), /three small letters/],
    ['jpcoar:relation[1]/@relationType', read2('<jpcoar:relation relationType="likes"/>'), /allowed are: inSeries/],
    ['jpcoar:subject[1]/@subjectScheme', read2('<jpcoar:subject>x</jpcoar:subject>'), /is missing/],
    ['datacite:date[1]', read2('<datacite:date dateType="Issued">May</datacite:date>'), /is "May"; must be a date/],
    ['dcndl:dateGranted', read2('<dcndl:dateGranted>2026-02-30</dcndl:dateGranted>'), /date of the calendar/],
    ['dc:publisher[1]/@xml:lang', read2('<dc:publisher xml:lang="日本">x</dc:publisher>'), /a language tag/],
    ['jpcoar:volume', read2(`<jpcoar:volume>${'9'.repeat(2_001)}</jpcoar:volume>`), /<=2000 characters/],
    [
      'jpcoar:datasetSeries',
      read2('<jpcoar:datasetSeries>yes</jpcoar:datasetSeries>'),
      /is "yes"; must be true or false/,
    ],
    [
      'datacite:geoLocation[1]/datacite:geoLocationPoint/datacite:pointLatitude',
      read2(
        '<datacite:geoLocation><datacite:geoLocationPoint><datacite:pointLongitude>139.7</datacite:pointLongitude>' +
          '<datacite:pointLatitude>north</datacite:pointLatitude></datacite:geoLocationPoint></datacite:geoLocation>',
      ),
      /is "north"; must be a number/,
    ],
    [
      'jpcoar:file[1]/jpcoar:URI/@objectType',
      read2('<jpcoar:file><jpcoar:URI objectType="pdf">a.pdf</jpcoar:URI></jpcoar:file>'),
      /allowed are: abstract, dataset, fulltext/,
    ],
  ])('for %s, saying what is wrong and what is allowed', (path, xml, message) => {
    expect(errorsOf(xml)).toEqual([{ rule: expect.any(String), path, message: expect.stringMatching(message) }])
  })

  it('with the first hundred findings and the number of the rest', () => {
    const errors = errorsOf(document(TITLE, TYPE, '<dc:language>x</dc:language>'.repeat(250)))
    expect(errors).toHaveLength(101)
    expect(errors.at(-1)?.message).toBe('and 150 more findings')
  })

  function read2(element: string) {
    return document(TITLE, TYPE, element)
  }
})

import { describe, expect, it } from 'vitest'
import { minimalXml } from '../../../test/support/depositor.ts'
import { listed, oaiAnswer, oaiList } from '../../../test/support/oai-list.ts'
import { fc } from '../../../test/support/property.ts'
import { isOaiPmh, type OaiPart, readOaiPmh } from './oai-pmh.ts'

const bytes = (xml: string) => new TextEncoder().encode(xml)
const partsOf = (xml: string) => Array.fromAsync(readOaiPmh([bytes(xml)]))
const recordsOf = async (xml: string) =>
  (await partsOf(xml)).flatMap((part) => (part.kind === 'record' ? [part.record] : []))

const PAGE = oaiList(
  [
    { ...listed('oai:old.example:1', '蔵 & <庫>'.replace('&', '&amp;').replace('<', '&lt;')), sets: ['a', 'a:b'] },
    { identifier: 'oai:old.example:2', datestamp: '2026-04-01' },
    listed('oai:old.example:3', 'Three'),
  ],
  { token: 'next & more' },
)

const BEGINNING = PAGE.slice(0, PAGE.indexOf('<record>'))

/** Parts as they can be compared: a reading in place of what reads. */
const plain = (parts: OaiPart[]) =>
  parts.map((part) => {
    if (part.kind === 'element') return part.element.name
    if (part.kind !== 'record') return part
    const { read, ...record } = part.record
    return { ...record, title: read().record?.titles[0]?.value }
  })

describe('an answer of OAI-PMH', () => {
  it('is read in its order: when it was made, what it answers, its records, and how it goes on', async () => {
    expect(plain(await partsOf(PAGE))).toEqual([
      { kind: 'responseDate', text: '2026-04-02T00:00:00Z' },
      'oai:request',
      { kind: 'verb', verb: 'ListRecords' },
      {
        identifier: 'oai:old.example:1',
        datestamp: '2026-04-01T00:00:00Z',
        deleted: false,
        sets: ['a', 'a:b'],
        title: '蔵 & <庫>',
      },
      { identifier: 'oai:old.example:2', datestamp: '2026-04-01', deleted: true, sets: [], title: undefined },
      { identifier: 'oai:old.example:3', datestamp: '2026-04-01T00:00:00Z', deleted: false, sets: [], title: 'Three' },
      { kind: 'resumptionToken', token: 'next & more' },
    ])
  })

  it('is the same however its bytes arrive, in whatever encoding', async () => {
    const whole = plain(await partsOf(PAGE))
    const utf16 = Buffer.from(`\ufeff${PAGE.replace('encoding="UTF-8"', '')}`, 'utf16le')
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1 }),
        async (wide, sizes) => {
          const all = wide ? utf16 : bytes(PAGE)
          const chunks: Uint8Array[] = []
          for (let at = 0, i = 0; at < all.length; i++) {
            const size = sizes[i % sizes.length] as number
            chunks.push(all.subarray(at, at + size))
            at += size
          }
          expect(plain(await Array.fromAsync(readOaiPmh(chunks)))).toEqual(whole)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('may be an error, or describe the repository', async () => {
    expect(await partsOf(oaiAnswer('<error code="noRecordsMatch"> nothing </error>'))).toContainEqual({
      kind: 'error',
      code: 'noRecordsMatch',
      message: 'nothing',
    })
    const identify = await partsOf(oaiAnswer('<Identify><granularity>YYYY-MM-DD</granularity></Identify>'))
    expect(identify.at(-1)).toMatchObject({ element: { name: 'oai:granularity', text: 'YYYY-MM-DD' } })
  })

  it('has what stands about a record passed over', async () => {
    const page = oaiList([listed('oai:old.example:1', 'One')]).replace(
      '</record>',
      '<about><provenance xmlns="urn:x"><record>not one</record></provenance></about></record>',
    )
    expect((await recordsOf(page)).map((record) => record.read().record?.titles[0]?.value)).toEqual(['One'])
  })

  it.each(['1.0', '2.0', '2.1'])('may name JPCOAR %s by the namespace that WEKO3 announces', async (version) => {
    const alias = `https://irdb.nii.ac.jp/schema/jpcoar/${version}/`
    const page = oaiList([listed('oai:old.example:1', 'One')]).replace(
      'https://github.com/JPCOAR/schema/blob/master/2.0/',
      alias,
    )
    expect((await recordsOf(page))[0]?.read()).toMatchObject({ errors: [], warnings: [] })
  })

  it('has one bad record by itself', async () => {
    const many = `<x xmlns="urn:x">${'<y/>'.repeat(100_001)}</x>`
    const long = minimalXml('x'.repeat(11_000_000)).replace(/^<\?xml.*?\?>\n/, '')
    const deep = `${'<x>'.repeat(40)}${'</x>'.repeat(40)}`
    const page = oaiList([
      { identifier: 'many', metadata: many },
      { identifier: 'long', metadata: long },
      { identifier: 'deep', metadata: deep },
      { identifier: 'other', metadata: '<mods xmlns="http://www.loc.gov/mods/v3"/>' },
      listed('good', 'Good'),
    ]).replace('</ListRecords>', '<record><header><identifier>none</identifier></header></record></ListRecords>')
    const records = await recordsOf(page)
    expect(records.map((record) => [record.identifier, record.read().errors[0]?.rule])).toEqual([
      ['many', 'xml.size'],
      ['long', 'xml.size'],
      ['deep', 'xml.size'],
      ['other', 'jpcoar.root'],
      ['good', undefined],
      ['none', 'oai-pmh.metadata'],
    ])
  })

  it.each([
    ['a text', BEGINNING],
    ['an attribute', `${BEGINNING}<x y="`],
    ['a comment', `${BEGINNING}<!--`],
    ['CDATA', `${BEGINNING}<record><x><![CDATA[`],
    ['a DOCTYPE', '<!DOCTYPE x '],
  ])('with %s that never ends is given up before it is held', async (_, begin) => {
    let read = 0
    function* endless() {
      yield bytes(begin)
      const more = new Uint8Array(2 ** 20).fill(0x78)
      for (; read < 64; read++) yield more
    }
    await expect(Array.fromAsync(readOaiPmh(endless()))).rejects.toMatchObject({ rule: 'xml.size' })
    expect(read).toBeLessThan(25)
  })

  it('with many comments and texts is read however long it is', async () => {
    function* long() {
      yield bytes(BEGINNING)
      const more = bytes(`<!--${'x'.repeat(2 ** 20)}--> <?y ${'y'.repeat(2 ** 20)}?>`)
      for (let read = 0; read < 12; read++) yield more
      yield bytes(PAGE.slice(PAGE.indexOf('<record>')))
    }
    expect(plain(await Array.fromAsync(readOaiPmh(long())))).toEqual(plain(await partsOf(PAGE)))
  })

  it.each([
    ['is cut off', PAGE.slice(0, -200), 'xml.well-formed', 2],
    ['is malformed', PAGE.replace('<header status', '<header status="x" status'), 'xml.well-formed', 1],
    ['has a DOCTYPE', PAGE.replace('<OAI-PMH', '<!DOCTYPE OAI-PMH [<!ENTITY x "y">]><OAI-PMH'), 'xml.doctype', 0],
    ['is a page for readers', '<html><body>Sorry</body></html>', 'oai-pmh.root', 0],
    ['is nothing', '', 'xml.well-formed', 0],
  ])('that %s says so, after what came before', async (_, xml, rule, before) => {
    const read: OaiPart[] = []
    const reading = async () => {
      for await (const part of readOaiPmh([bytes(xml)])) read.push(part)
    }
    await expect(reading()).rejects.toMatchObject({ name: 'XmlError', rule })
    expect(read.filter(({ kind }) => kind === 'record')).toHaveLength(before)
  })

  it('is known by its root', () => {
    expect(isOaiPmh(bytes(PAGE).subarray(0, 1_000))).toBe(true)
    for (const other of [minimalXml('x'), '<OAI-PMH/>', '', 'no XML', '\u0000'])
      expect(isOaiPmh(bytes(other)), other).toBe(false)
  })
})

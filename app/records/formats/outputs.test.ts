import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../test/support/dissemination.ts'
import { fc } from '../../../test/support/property.ts'
import { readBibtex, readRis } from '../../../test/support/references.ts'
import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import { anyRecord } from '../record.arbitrary.ts'
import { accessRights } from '../vocabularies.ts'
import { cslOf } from './csl/index.ts'
import { citationStyles, citationTags, cite, outputs, type Repository, schemaOrg } from './outputs.ts'
import { parseXml } from './xml.ts'

const repository: Repository = { url: 'https://kura.example', name: { ja: '蔵大学リポジトリ', en: 'Kura Repository' } }
const formatOf = (id: string) => {
  const format = outputs.find((each) => each.id === id)
  if (!format) throw new Error(`no format ${id}`)
  return (item: Dissemination) => format.write(item, repository)
}

const file: fc.Arbitrary<DisseminatedFile> = fc.record({
  name: fc.constant('a.pdf'),
  label: fc.string({ unit: 'grapheme' }),
  url: fc.webUrl(),
  access: fc.constantFrom('open', 'embargoed', 'signed-in', 'closed', 'link'),
  readable: fc.boolean(),
  type: fc.constantFrom('text/csv', 'application/pdf'),
  size: fc.nat(),
})
const anything: fc.Arbitrary<Dissemination> = fc
  .tuple(anyRecord(), fc.array(file, { maxLength: 2 }), fc.constantFrom(...accessRights))
  .map(([record, files, right]) => disseminationOf(record, { files, access: { right, until: '2031-04-01' } }))

/** The same without what a citation itself puts between things: what then stands there is not the record's. */
const unpunctuated: fc.Arbitrary<Dissemination> = anything.map((item) =>
  JSON.parse(JSON.stringify(item), (_, value) => (typeof value === 'string' ? value.replace(/[()[\],]/g, 'x') : value)),
)

/** Characters that a reader of BibTeX may take for typography, and blanks, which it may lose at the ends. */
const bare = (text: string | undefined) => text?.replace(/[-–—`'"“”‘’\s\p{Cf}\p{M}]/gu, '').normalize('NFC')
/** Names without what parts them. */
const bareNames = (names: object[] = []) =>
  names.map((name) => bare(Object.values(name).sort().join(''))?.replace(/[,，]/g, '')).filter((name) => name !== '')

describe('every record can be taken along', () => {
  it.each(outputs.filter(({ extension }) => extension.endsWith('.xml')))(
    'as well-formed XML: $name',
    ({ write, profile }) => {
      fc.assert(
        fc.property(anything, (item) => {
          const document = write(item, repository)
          expect(document).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n</)
          expect(parseXml(document, new Map()).namespace).toBe(profile)
        }),
        { numRuns: 50 },
      )
    },
  )

  it.each(outputs.filter(({ mediaType }) => mediaType.endsWith('json')))('as JSON: $name', ({ write }) => {
    fc.assert(
      fc.property(anything, (item) => {
        JSON.parse(write(item, repository), (_, value) => {
          expect(['null', '""', '[]', '{}']).not.toContain(JSON.stringify(value))
          return value
        })
      }),
      { numRuns: 50 },
    )
  })

  it.each([
    ['bibtex', readBibtex],
    ['ris', readRis],
  ] as const)('as %s, which others read: title, authors and year', (id, read) => {
    fc.assert(
      fc.property(anything, (item) => {
        const work = cslOf(item, repository)
        const reference = read(formatOf(id)(item))
        expect(reference.id).toBe(work.id)
        expect(bare(reference.title) ?? '').toBe(bare(work.title) ?? '')
        expect(bareNames(reference.author ?? reference.composer)).toEqual(bareNames(work.author))
        expect(reference.issued?.['date-parts'][0]?.[0]).toBe(work.issued?.['date-parts'][0]?.[0])
      }),
      { numRuns: 200 },
    )
  })

  it('as a citation in every style, in one line, with a link', () => {
    fc.assert(
      fc.property(
        unpunctuated,
        fc.constantFrom(...citationStyles),
        fc.constantFrom('ja', 'en'),
        (item, style, language) => {
          const runs = cite(item, style, language, repository)
          const text = runs.map((run) => run.text).join('')
          expect(text).toMatch(/https?:\/\/|doi: 10\./)
          expect(text).not.toMatch(/undefined|\[object|\(\)|\[\]|, ,|\n/)
          for (const run of runs) expect(run.text).not.toBe('')
        },
      ),
      { numRuns: 200 },
    )
  })

  it('as tags and JSON-LD, which say nothing that is empty', () => {
    fc.assert(
      fc.property(anything, (item) => {
        for (const { name, content } of citationTags(item, repository)) {
          expect(name).toMatch(/^(citation_|DC\.)/)
          expect(content).not.toBe('')
        }
        expect(schemaOrg(item, repository)).toHaveProperty('@type')
      }),
      { numRuns: 100 },
    )
  })
})

it('no two formats have one name, and those that share a media type are told apart by their profile', () => {
  expect(new Set(outputs.map(({ id }) => id)).size).toBe(outputs.length)
  const keys = outputs.map(({ mediaType, profile }) => `${mediaType} ${profile}`)
  expect(new Set(keys).size).toBe(outputs.length)
})

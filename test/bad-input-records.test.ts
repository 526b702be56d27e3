import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyRecord } from '../app/records/record.arbitrary.ts'
import { storableRecord } from '../app/records/stored.ts'
import { depositor, minimal, minimalXml, type Outcome } from './support/depositor.ts'
import { harvester } from './support/harvester.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'
import { AWKWARD, awkward } from './support/nonsense.ts'
import { fc, timeout, tried } from './support/property.ts'

/** Records that are none: each is refused with a reason, and what stands beside it is taken. */

let kura: Institutions
let id: string
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['records'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
})
afterAll(() => kura.close())

const send = async (type: string, body: string | Uint8Array<ArrayBuffer>, query = ''): Promise<Outcome[]> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type }
  const response = await kura.request(id, `/api/v1/imports${query}`, { method: 'POST', headers, body })
  const text = await response.text()
  expect([response.status, text.slice(0, 200)]).toEqual([200, expect.anything()])
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
const sendXml = async (xml: string | Uint8Array<ArrayBuffer>) =>
  (await send('application/xml', xml, '?source=one.xml'))[0] as Outcome
const sendLine = async (line: string) => (await send('application/x-ndjson', line))[0] as Outcome
const ruleOf = ({ status, errors }: Outcome) => (status === 'rejected' ? errors[0]?.rule : status)

/** What an outcome lacks: a reason that says something, in few words. */
const unclear = ({ status, errors }: Outcome) =>
  status === 'rejected'
    ? errors.length === 0 ||
      errors.length > 101 ||
      errors.some(({ message }) => message.length < 4 || message.length > 3_000)
    : !['imported', 'updated', 'unchanged'].includes(status)

const line = (record: unknown, source = 'one') => JSON.stringify({ source, record })

describe('a record in XML', () => {
  const good = minimalXml('Good')
  it.each<[string, string, string | Uint8Array<ArrayBuffer>]>([
    ['xml.well-formed', 'nothing', ''],
    ['xml.well-formed', 'no end', good.slice(0, -20)],
    ['xml.well-formed', 'two roots', good + minimalXml('Other').replace(/^<\?xml.*\?>/, '')],
    ['xml.well-formed', 'a NUL', good.replace('Good', 'a\u0000b')],
    ['xml.well-formed', 'a reference to a NUL', good.replace('Good', '&#0;')],
    ['xml.well-formed', 'a reference to a lone surrogate', good.replace('Good', '&#xd800;')],
    ['xml.well-formed', 'an entity that nobody has declared', good.replace('Good', '&lol;')],
    ['xml.well-formed', 'an attribute twice', good.replace('xml:lang="en"', 'xml:lang="en" xml:lang="ja"')],
    ['xml.well-formed', 'a prefix without a namespace', good.replace('<dc:title', '<xx:a/><dc:title')],
    ['xml.doctype', 'a DOCTYPE', good.replace('?>', '?><!DOCTYPE x>')],
    [
      'xml.doctype',
      'entities of entities',
      good.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>').replace('Good', '&b;'),
    ],
    [
      'xml.doctype',
      'an entity from elsewhere',
      good.replace('?>', '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>').replace('Good', '&a;'),
    ],
    [
      'xml.doctype',
      'a parameter entity',
      good.replace('?>', '?><!DOCTYPE x [<!ENTITY % a SYSTEM "http://x.example/">%a;]>'),
    ],
    ['xml.encoding', 'an encoding that is none', good.replace('UTF-8', 'x-nothing')],
    [
      'xml.encoding',
      'bytes that its encoding has not',
      new Uint8Array(Buffer.from(good.replace('Good', 'G\u00f6d'), 'latin1')),
    ],
    ['jpcoar.root', 'an edition that is not known', good.replace('schema/blob/master/2.0/', 'schema/blob/master/9.9/')],
    ['jpcoar.root', 'another root', good.replaceAll('jpcoar:jpcoar', 'jpcoar:other')],
    ['jpcoar.root', 'no namespace', '<jpcoar/>'],
    ['xml.size', 'many elements', good.replace('</jpcoar:jpcoar>', `${'<a/>'.repeat(1_000_000)}</jpcoar:jpcoar>`)],
    ['xml.size', 'deep elements', good.replace('</jpcoar:jpcoar>', '<a>'.repeat(100_000))],
    ['xml.size', 'ten million characters', good.replace('Good', 'a'.repeat(10_000_000))],
    ['record.value', 'two hundred thousand characters in a title', good.replace('Good', 'a'.repeat(200_001))],
    ['record.value', 'many titles', good.replace(/(<dc:title.*<\/dc:title>)/, '$1'.repeat(2_000))],
  ])('is refused as %s for %s', async (rule, _, xml) => {
    const outcome = await sendXml(xml)
    expect(ruleOf(outcome)).toBe(rule)
    expect(unclear(outcome)).toBe(false)
  })

  it(
    'is read, or refused with a reason, whatever was changed in it',
    async () => {
      const whole = minimalXml('Whole', {
        access: 'embargoed access',
        dates: '<datacite:date dateType="Available">2030-01-01</datacite:date>',
        files: '<jpcoar:file><jpcoar:URI label="x">https://x.example/a</jpcoar:URI></jpcoar:file>',
      })
      const place = fc.nat(whole.length)
      const change = fc.oneof(
        fc.record({ at: place, more: awkward }).map(
          ({ at, more }) =>
            (xml: string) =>
              xml.slice(0, at) + more + xml.slice(at),
        ),
        fc.record({ from: place, length: fc.nat(60) }).map(
          ({ from, length }) =>
            (xml: string) =>
              xml.slice(0, from) + xml.slice(from + length),
        ),
        fc.record({ from: place, length: fc.nat(200), to: place }).map(
          ({ from, length, to }) =>
            (xml: string) =>
              xml.slice(0, to) + xml.slice(from, from + length) + xml.slice(to),
        ),
        // Whole values, so that what is written still is XML.
        fc.record({ text: awkward, nth: fc.nat(12) }).map(({ text, nth }) => (xml: string) => {
          const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
          let count = 0
          return xml.replace(/>[^<>]+<\/|="[^"]*"/g, (old) =>
            count++ !== nth ? old : old.startsWith('=') ? `="${escaped}"` : `>${escaped}</`,
          )
        }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
          const outcome = await sendXml(changes.reduce((xml, each) => each(xml), whole).toWellFormed())
          expect(unclear(outcome), JSON.stringify(outcome)).toBe(false)
          await canBeSeen(outcome)
        }),
        tried('changed XML', 150, 5),
      )
    },
    timeout(5),
  )
})

describe('a record in JSON', () => {
  const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)
  it.each<[string, string, string]>([
    ['json.syntax', 'no JSON', '{"source":"x",'],
    ['json.syntax', 'a NUL', '{"source":"\u0000"}'],
    ['import.parameter', 'no source', line(minimal('x'), '')],
    ['import.parameter', 'a source of another type', JSON.stringify({ source: 1, record: minimal('x') })],
    ['import.parameter', 'a list', '[]'],
    ['import.parameter', 'null', 'null'],
    ['import.parameter', 'a negative number', JSON.stringify({ source: 'n', number: -1, record: minimal('x') })],
    ['import.parameter', 'a huge number', '{"source":"n","number":1e400,"record":{}}'],
    [
      'import.parameter',
      'a day that is none',
      JSON.stringify({ source: 'n', publicationDate: '2026-02-30', record: {} }),
    ],
    ['import.parameter', 'an unknown field', JSON.stringify({ source: 'n', nothing: 1, record: {} })],
    ['record.size', 'a million values', line(minimal('x', { subjects: Array(1_000_000).fill(1) }))],
    ['record.size', 'many levels', `{"source":"deep","record":${deep('[', ']', 5_000)}}`],
    [
      'record.size',
      'many objects in each other',
      `{"source":"deep","record":${deep('{"a":', '}', 5_000).replace(':}', ':1}')}}`,
    ],
    ['record.value', 'ten megabytes in a title', line(minimal('a'.repeat(10_000_000)))],
    ['record.value', 'a NUL', line(minimal('a\u0000b'))],
    [
      'record.value',
      'a lone surrogate',
      '{"source":"x","record":{"titles":[{"value":"\\ud800"}],"type":{"term":"journal article"}}}',
    ],
    ['record.value', 'what is no character', line(minimal('a\uffffb'))],
    ['record.value', 'another type', line(minimal('x', { titles: 'x' }))],
    ['record.unknown', 'an unknown field', line(minimal('x', { nothing: 1 }))],
    [
      'record.unknown',
      'a prototype',
      `{"source":"x","record":${JSON.stringify(minimal('x')).replace('{', '{"__proto__":{"type":1},')}}`,
    ],
    ['record.required', 'nothing', line({})],
    ['record.term', 'an unknown term', line(minimal('x', { type: { term: 'nothing' } }))],
  ])('is refused as %s for %s', async (rule, _, json) => {
    const outcome = await sendLine(json)
    expect(ruleOf(outcome)).toBe(rule)
    expect(unclear(outcome)).toBe(false)
  })

  it('a source with a NUL or half a character is refused for itself alone', async () => {
    const outcomes = await send(
      'application/x-ndjson',
      ['{"source":"a\\u0000b","record":', '{"source":"a\\ud800b","record":', '{"source":"next","record":']
        .map((start) => `${start}${JSON.stringify(minimal('x'))}}\n`)
        .join(''),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'imported'])
    expect(outcomes.some(unclear)).toBe(false)
  })

  it(
    'is taken, or refused with a reason, whatever it is, and the next is taken',
    async () => {
      const anything = fc.oneof(
        fc.jsonValue({ maxDepth: 4 }),
        anyRecord().chain((record) => changed(storableRecord(record))),
      )
      let calls = 0
      await fc.assert(
        fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 12 }), async (records) => {
          const lines = records.map((record, i) => line(record, `any-${i}`))
          const outcomes = await send(
            'application/x-ndjson',
            [...lines, line(minimal(`Last ${calls++}`), 'last')].join('\n'),
          )
          expect(outcomes).toHaveLength(records.length + 1)
          expect(outcomes.filter(unclear)).toEqual([])
          expect(outcomes.at(-1)?.status).toMatch(/imported|updated/)
          for (const outcome of outcomes.slice(0, 2)) await canBeSeen(outcome)
        }),
        tried('any JSON', 60, 8),
      )
    },
    timeout(8),
  )
})

/** A value with something else in one of its places. */
function changed(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value)
  const other = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(...AWKWARD),
    fc.constantFrom(-1, 1e308, 2 ** 53, null, true),
  )
  return fc.tuple(fc.constantFrom(...places), other).map(([place, put]) => replaced(value, place, put))
}

const placesIn = (value: unknown): PropertyKey[][] =>
  typeof value === 'object' && value !== null
    ? [[], ...Object.entries(value).flatMap(([key, part]) => placesIn(part).map((rest) => [key, ...rest]))]
    : [[]]

function replaced(value: unknown, [key, ...rest]: PropertyKey[], put: unknown): unknown {
  if (key === undefined) return put
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const part = (copy as { [key: PropertyKey]: unknown })[key]
  return Object.assign(copy, { [key]: replaced(part, rest, put) })
}

/** What was taken can be read everywhere. */
async function canBeSeen({ status, item }: Outcome): Promise<void> {
  if (status === 'rejected') return
  for (const path of [`/items/${item.number}`, `/api/v1/items/${item.number}`])
    expect((await kura.request(id, path)).status, path).toBe(200)
  const identifier = `oai:${id}.example:${String(item.number).padStart(8, '0')}`
  for (const metadataPrefix of ['oai_dc', 'jpcoar_1.0', 'jpcoar_2.0', 'jpcoar_2.1']) {
    const { heard } = await harvester(kura, id).ask({ verb: 'GetRecord', identifier, metadataPrefix })
    expect(heard, metadataPrefix).toHaveLength(1)
  }
}

it('that was refused leaves what was there before', async () => {
  const staff = depositor(kura, id, token)
  const [before] = await staff.lines({ source: 'stays', record: minimal('Stays') })
  const page = async () => await (await kura.request(id, `/items/${before?.item.number}`)).text()
  const shown = await page()
  for (const bad of [{}, null, minimal('a\u0000'), { ...minimal('x'), nothing: 1 }, 'x'])
    expect((await staff.lines({ source: 'stays', record: bad }))[0]?.status).toBe('rejected')
  expect(await page()).toBe(shown)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bagOf } from '../../../test/support/bag.ts'
import { type Depositor, depositor, jsonOf } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { zipBytes } from '../../../test/support/zip-bytes.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['crates'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const crate = (root: object, ...others: object[]) =>
  JSON.stringify({
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [
      { '@id': 'ro-crate-metadata.json', '@type': 'CreativeWork', about: { '@id': './' } },
      { '@id': './', '@type': 'Dataset', ...root },
      ...others,
    ],
  })

const weather = crate(
  {
    name: 'Weather on a fictional hill',
    description: 'Temperatures of one year.',
    identifier: { '@id': '#doi' },
    datePublished: '2026-03-01T09:00:00+09:00',
    license: { '@id': 'https://creativecommons.org/licenses/by/4.0/' },
    author: [{ '@id': 'https://orcid.org/0000-0002-1825-0097' }, { '@id': '#b' }],
    keywords: 'weather, hills',
    hasPart: [{ '@id': './data/t%20c.csv' }, { '@id': 'folder/' }, { '@id': 'https://elsewhere.example/big.nc' }],
  },
  { '@id': '#doi', '@type': 'PropertyValue', value: 'doi:10.12345/hill' },
  { '@id': 'https://orcid.org/0000-0002-1825-0097', '@type': 'Person', name: 'Hanako Sora' },
  { '@id': '#b', '@type': 'Person', name: 'Taro Kumo' },
  { '@id': 'https://creativecommons.org/licenses/by/4.0/', '@type': 'CreativeWork', name: 'CC BY 4.0' },
  { '@id': './data/t%20c.csv', '@type': 'File', name: 'Temperatures', encodingFormat: ['text/csv', { '@id': '#f' }] },
  { '@id': 'folder/', '@type': 'Dataset' },
  { '@id': 'https://elsewhere.example/big.nc', '@type': 'File', name: 'Too big' },
)
const files = { 'ro-crate-metadata.json': weather, 'data/t c.csv': 't\n1\n', 'notes.txt': 'no part of it' }

const inFolder = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`hill/${path}`, content]))

describe('an RO-Crate without a record of ours', () => {
  it.each([
    ['as it is', files],
    ['in a bag', bagOf(files)],
    ['in the one folder of an archive', inFolder(files)],
    ['in the one folder of a bag', bagOf(inFolder(files))],
  ])('%s becomes one record with the files that are its parts', async (_, archive) => {
    const outcomes = await staff.zip(archive)
    expect(outcomes).toMatchObject([{ source: 'doi:10.12345/hill', errors: [] }])
    const item = await jsonOf<{ record: object; files: { name: string; label: string; url: string }[] }>(
      staff.api(`/items/${outcomes[0]?.item.number}`),
    )
    expect(item.record).toMatchObject({
      titles: [{ value: 'Weather on a fictional hill' }],
      type: { term: 'dataset' },
      descriptions: [{ value: 'Temperatures of one year.', type: 'Abstract' }],
      dates: [{ value: '2026-03-01', type: 'Issued' }],
      rights: [{ value: 'CC BY 4.0', uri: 'https://creativecommons.org/licenses/by/4.0/' }],
      subjects: [
        { value: 'weather', scheme: 'Other' },
        { value: 'hills', scheme: 'Other' },
      ],
      identifiers: [{ value: 'https://doi.org/10.12345/hill', type: 'DOI' }],
      creators: [
        { names: [{ value: 'Hanako Sora' }], identifiers: [{ value: '0000-0002-1825-0097', scheme: 'ORCID' }] },
        { names: [{ value: 'Taro Kumo' }], identifiers: [] },
      ],
    })
    expect(item.files.map(({ name, label }) => [name, label])).toEqual([
      ['data/t c.csv', 'Temperatures'],
      ['https://elsewhere.example/big.nc', 'Too big'],
    ])
  })

  it('may have XML among its parts, which is no record', async () => {
    const tei = { '@id': 'texts/a%20b.xml', '@type': 'File' }
    const json = crate({ name: 'Edition', identifier: 'edition', hasPart: { '@id': tei['@id'] } }, tei)
    const archive = { 'ro-crate-metadata.json': json, 'texts/a b.xml': '<TEI/>' }
    const [outcome, ...others] = await staff.zip(inFolder(archive))
    expect([outcome?.source, outcome?.errors, others]).toEqual(['edition', [], []])
    expect(await staff.zip(archive)).toMatchObject([{ source: 'edition', status: 'unchanged' }])
  })

  it('that cannot be unpacked is rejected', async () => {
    const bytes = zipBytes([{ name: 'ro-crate-metadata.json', content: weather }])
    const damaged = Buffer.from(bytes)
    damaged.fill(0xff, 60, 80)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/zip' }
    const response = await kura.request(id, '/api/v1/imports', { method: 'POST', headers, body: damaged })
    expect(await response.json()).toMatchObject({
      status: 'rejected',
      errors: [{ rule: 'zip.entry' }],
    })
  })

  it.each([
    ['is no JSON', '{', 'crate.syntax'],
    ['has no graph', '{}', 'crate.root'],
    ['has a graph of nothing', '{"@graph":[null]}', 'crate.syntax'],
    ['does not say what it is', crate({ name: 'Nameless' }), 'crate.identifier'],
    ['has an identifier that is too long', crate({ name: 'X', identifier: 'x'.repeat(1_001) }), 'crate.identifier'],
    ['is nothing but brackets', '['.repeat(1_000_000), 'record.size'],
    ['has no name', crate({ identifier: 'https://x.example/1' }), 'record.value'],
    [
      'names a file that is not there',
      crate({ name: 'X', identifier: 'x', hasPart: { '@id': 'a.txt' } }, { '@id': 'a.txt', '@type': 'File' }),
      'file.missing',
    ],
  ])('that %s is rejected', async (_, json, rule) => {
    const outcomes = await staff.zip({ 'ro-crate-metadata.json': json })
    expect(outcomes.map(({ status, errors }) => [status, errors[0]?.rule])).toEqual([['rejected', rule]])
  })
})

import { describe, expect, it } from 'vitest'
import { Record, type RecordInput } from '../../../records/model.ts'
import { noFiles } from '../../incoming.ts'
import { readTable } from './table.ts'

/** Reads a table of one row beside the columns that it needs. */
async function read(cells: readonly (readonly [column: string, cell: string])[]) {
  const row = [['source', 'one'], ['title', '蔵'], ['type', 'dataset'], ...cells]
  const quoted = (index: number) => row.map((pair) => `"${pair[index]?.replaceAll('"', '""')}"`).join(',')
  const body = [Buffer.from(`${quoted(0)}\n${quoted(1)}\n`)]
  const from = { separator: ',', charset: undefined, files: noFiles }
  const [incoming] = await Array.fromAsync(readTable(body as never, from))
  return incoming
}

const said = (record: Partial<RecordInput>) =>
  Record.parse({ titles: [{ value: '蔵' }], type: { term: 'dataset' }, ...record })
const refused = (...columns: string[]) =>
  read(columns.map((column) => [column, ''])).then(
    () => expect.unreachable(),
    (problem) => {
      expect(problem).toMatchObject({ status: 422, title: 'Unknown columns' })
      return (problem as Error).message
    },
  )

describe('a column', () => {
  it.each<[string, [string, string][], Partial<RecordInput>]>([
    [
      'of a field',
      [
        ['volume', '12'],
        ['Page Start', '34'],
      ],
      { volume: '12', pageStart: '34' },
    ],
    [
      'of a language',
      [
        ['sourceTitle[ja]', '紀要'],
        ['sourceTitle[en]', 'Bulletin'],
      ],
      {
        sourceTitles: [
          { value: '紀要', lang: 'ja' },
          { value: 'Bulletin', lang: 'en' },
        ],
      },
    ],
    [
      'of a scheme, with several values',
      [
        ['subject[NDC]', '517|518'],
        ['subject[other][ja]', '水路'],
      ],
      {
        subjects: [
          { value: '517', scheme: 'NDC' },
          { value: '518', scheme: 'NDC' },
          { value: '水路', scheme: 'Other', lang: 'ja' },
        ],
      },
    ],
    [
      'of a numbered person',
      [
        ['creator[2].name[en]', 'Minato, Mitsuru'],
        ['creator[1].name[ja-Kana]', 'クラノ, フミ'],
        ['creator[1].name[ja]', '蔵野, 文'],
        ['creator[1].orcid', '0000-0000-0000-0001'],
        ['creator[1].affiliation', '蒼空大学'],
      ],
      {
        creators: [
          {
            names: [
              { value: 'クラノ, フミ', lang: 'ja-Kana' },
              { value: '蔵野, 文', lang: 'ja' },
            ],
            identifiers: [{ value: '0000-0000-0000-0001', scheme: 'ORCID' }],
            affiliations: [{ names: [{ value: '蒼空大学' }] }],
          },
          { names: [{ value: 'Minato, Mitsuru', lang: 'en' }] },
        ],
      },
    ],
    [
      'of all persons, value by value',
      [
        ['creator.name[ja]', '蔵野, 文|港, 満'],
        ['creator[en]', 'Kurano, Fumi|Minato, Mitsuru'],
        ['creator.orcid', '|0000-0000-0000-0001'],
      ],
      {
        creators: [
          {
            names: [
              { value: '蔵野, 文', lang: 'ja' },
              { value: 'Kurano, Fumi', lang: 'en' },
            ],
          },
          {
            names: [
              { value: '港, 満', lang: 'ja' },
              { value: 'Minato, Mitsuru', lang: 'en' },
            ],
            identifiers: [{ value: '0000-0000-0000-0001', scheme: 'ORCID' }],
          },
        ],
      },
    ],
    [
      'that is repeated, for the first, the second',
      [
        ['creator.name', 'Kurano | Fumi'],
        ['creator.orcid', ''],
        ['creator.name', 'Minato'],
        ['creator.orcid', '0000-0000-0000-0001'],
      ],
      {
        creators: [
          { names: [{ value: 'Kurano | Fumi' }] },
          { names: [{ value: 'Minato' }], identifiers: [{ value: '0000-0000-0000-0001', scheme: 'ORCID' }] },
        ],
      },
    ],
    [
      'of people by what they did',
      [
        ['contributor[Editor].name[ja]', '甲|乙'],
        ['contributor[Translator].name[ja]', '丙'],
        ['contributor[Editor].name[en]', 'Kō'],
      ],
      {
        contributors: [
          {
            type: 'Editor',
            names: [
              { value: '甲', lang: 'ja' },
              { value: 'Kō', lang: 'en' },
            ],
          },
          { type: 'Editor', names: [{ value: '乙', lang: 'ja' }] },
          { type: 'Translator', names: [{ value: '丙', lang: 'ja' }] },
        ],
      },
    ],
    [
      'of relations',
      [
        ['relation[isPartOf].doi', 'https://doi.org/10.99999/a|https://doi.org/10.99999/b'],
        ['relation[isPartOf].title[ja]', '全集 | 続'],
      ],
      {
        relations: [
          {
            type: 'isPartOf',
            identifier: { value: 'https://doi.org/10.99999/a', type: 'DOI' },
            titles: [{ value: '全集 | 続', lang: 'ja' }],
          },
          { type: 'isPartOf', identifier: { value: 'https://doi.org/10.99999/b', type: 'DOI' } },
        ],
      },
    ],
    [
      'of numbers and yes or no',
      [
        ['geoLocation.point.longitude', '139.7'],
        ['geoLocation.point.latitude', '-35'],
        ['datasetSeries', 'TRUE'],
        ['conference.sequence', '3'],
      ],
      {
        geoLocations: [{ point: { longitude: 139.7, latitude: -35 } }],
        datasetSeries: true,
        conferences: [{ sequence: 3 }],
      },
    ],
    [
      'in Japanese',
      [
        ['著者[1].姓［ja］', '蔵野'],
        ['抄録[ja]', '水 | 路'],
        ['発行日', '2026-03'],
        ['収録物名[ja]', '紀要'],
        ['ＤＯＩ', 'https://doi.org/10.99999/a'],
        ['所蔵機関[ja]', '蒼空大学'],
      ],
      {
        creators: [{ familyNames: [{ value: '蔵野', lang: 'ja' }] }],
        descriptions: [{ value: '水 | 路', type: 'Abstract', lang: 'ja' }],
        dates: [{ value: '2026-03', type: 'Issued' }],
        sourceTitles: [{ value: '紀要', lang: 'ja' }],
        identifiers: [{ value: 'https://doi.org/10.99999/a', type: 'DOI' }],
        holdingAgent: { names: [{ value: '蒼空大学', lang: 'ja' }] },
      },
    ],
    [
      'of a file by name or by address',
      [
        ['file[fulltext]', '論文/50% #1.pdf'],
        ['file[2]', 'https://kura.example/a%20b?c#d'],
        ['file[2].label', '図'],
      ],
      {
        files: [
          { uri: '論文/50%25 %231.pdf', objectType: 'fulltext' },
          { uri: 'https://kura.example/a%20b?c#d', label: '図' },
        ],
      },
    ],
    [
      'that is a note or has no name',
      [
        ['# memo', 'nothing'],
        ['', 'nothing'],
      ],
      {},
    ],
  ])('%s', async (_, cells, record) => {
    const incoming = await read(cells)
    expect(incoming?.reading.errors).toEqual([])
    expect(incoming?.reading.record).toEqual(said(record))
  })

  it('may say what goes beside the record', async () => {
    const incoming = await read([
      ['number', '12'],
      ['OAI識別子', 'oai:old.example:00000012'],
      ['publicationDate', '2026-12-01'],
      ['formerAddresses', 'https://old.example/12|https://old.example/records/12'],
    ])
    expect(incoming).toMatchObject({
      source: 'one',
      number: 12,
      oaiIdentifier: 'oai:old.example:00000012',
      publicationDate: '2026-12-01',
      formerAddresses: ['https://old.example/12', 'https://old.example/records/12'],
      reading: { errors: [] },
    })
  })
})

describe('a table is refused as a whole, with the names that are similar, for a column', () => {
  it.each([
    ['titel[ja]', '"titel[ja]" is not known; similar are title[ja]'],
    ['creator[1].nmae', 'similar are creator[1].name'],
    ['creator[1].orcd', 'similar are creator[1].ORCID'],
    ['著書', 'similar are 著者'],
    ['something else entirely', 'is not known.'],
    ['subject[NDCC]', '[NDCC], where brackets may hold: a number from 1, a language such as ja, en or ja-Kana, BSH'],
    ['volume[1]', 'nothing can stand in brackets'],
    ['volume.value', 'nothing follows'],
    ['relation[isPartOf]', 'write relation[isPartOf].identifier or relation[isPartOf].title'],
    ['title[0]', '[0]'],
    ['title[10001]', '[10001]'],
    ['title[ja][en]', '[en]'],
    ['title[ja', 'is no name of a column'],
    ['creator..name', 'is no name of a column'],
    ['__proto__', 'is not known'],
    ['constructor', 'is not known'],
    ['x'.repeat(501), 'is no name of a column'],
  ])('%s', async (column, part) => {
    const message = await refused(column)
    expect(message).toContain(part)
    expect(message).toContain('Nothing was imported.')
  })

  it('that stands twice, also under another name', async () => {
    expect(await refused('volume', '巻')).toContain('"巻" stands twice, also as "volume".')
    expect(await refused('volume', 'volume')).toContain('"volume" stands twice.')
  })

  it('or more than ten thousand columns', async () => {
    expect(await refused(...Array.from({ length: 10_001 }, () => ''))).toContain('10000 columns')
  })

  it('and names the first ten', async () => {
    const message = await refused(...Array.from({ length: 13 }, (_, i) => `x${i}`))
    expect(message).toContain('Column 13: "x9"')
    expect(message).not.toContain('"x10"')
    expect(message).toContain('There may be more.')
  })
})

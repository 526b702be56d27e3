import { describe, expect, it } from 'vitest'
import { disseminationOf } from '../../../test/support/dissemination.ts'
import { readBibtex, readRis } from '../../../test/support/references.ts'
import type { Dissemination } from '../../items/dissemination.ts'
import { Record, type RecordInput } from '../model.ts'
import { writeBibtex } from './bibtex/index.ts'
import { works } from './citations/cited.examples.ts'
import { writeCslJson } from './csl/index.ts'
import type { Repository } from './outputs.ts'
import { writeRis } from './ris/index.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵リポジトリ', en: 'Kura Repository' } }
type Write = (item: Dissemination, repository: Repository) => string
const written = (write: Write, work: RecordInput, others: Partial<Dissemination> = {}) =>
  write(disseminationOf(Record.parse(work), others), repository)

const article = works.article as RecordInput
const title = (value: string) => ({ ...article, titles: [{ value, lang: 'en' }] })

describe('BibTeX', () => {
  it('has an entry in the language of the first title', () => {
    expect(written(writeBibtex, article)).toBe(`@article{kura.example:7,
  author = {鈴木, 太郎 and 佐藤, 花子},
  title = {{潮位の変化}},
  journal = {架空大学紀要},
  year = {2020},
  month = {3},
  volume = {12},
  number = {3},
  pages = {34--57},
  doi = {10.99999/kura.7},
  url = {https://kura.example/items/7},
  language = {ja},
}
`)
  })

  it.each([
    ['article', 'article'],
    ['book', 'book'],
    ['chapter', 'incollection'],
    ['conference paper', 'inproceedings'],
    ['presentation', 'misc'],
    ['thesis', 'phdthesis'],
    ['dataset', 'misc'],
    ['report', 'techreport'],
  ])('calls a %s @%s', (kind, type) => {
    expect(written(writeBibtex, works[kind] as RecordInput)).toMatch(new RegExp(`^@${type}\\{`))
  })

  it('keeps what LaTeX and BibTeX would take for commands, and the capitals of a title', () => {
    const awkward = '100% of A & B: {x_1} ~ $5 #2 \\alpha ^ <DNA> |'
    const entry = written(writeBibtex, title(awkward))
    expect(entry).toContain(
      'title = {{100\\% of A \\& B: \\textbraceleft{}x\\_1\\textbraceright{} \\textasciitilde{} \\$5 \\#2 ' +
        '\\textbackslash{}alpha \\textasciicircum{} \\textless{}DNA\\textgreater{} \\textbar{}}}',
    )
    expect(readBibtex(entry).title).toBe(awkward)
  })

  it('keeps organisations whole, and names that have "and" in them', () => {
    const creators = [
      { names: [{ value: 'University of Tides, Kura and Sea', type: 'Organizational' as const }] },
      { names: [{ value: 'Sand and Gravel, Ann' }] },
    ]
    expect(readBibtex(written(writeBibtex, { ...article, creators })).author).toEqual([
      { family: 'University of Tides, Kura and Sea' },
      { family: 'Sand and Gravel', given: 'Ann' },
    ])
  })
})

describe('the key of an entry', () => {
  const key = (others: Partial<Dissemination>, work = article) => readBibtex(written(writeBibtex, work, others)).id

  it('stays when what is said of the work changes', () => {
    expect(key({}, title('Another title'))).toBe(key({}))
  })

  it('is that of the OAI identifier, which stays when the host changes', () => {
    expect(key({ oaiIdentifier: 'oai:former.example:00000007' })).toBe('former.example:7')
  })

  it('tells versions apart', () => {
    const version = { version: 2, madeAt: new Date(), url: 'https://kura.example/items/7/versions/2' }
    expect(key({ version })).toBe('kura.example:7v2')
  })
})

describe('RIS', () => {
  it('has a line for each thing that is said, and ends', () => {
    const open = { name: 'a.pdf', label: 'a', access: 'open' as const, readable: true, type: 'application/pdf' }
    const files = [{ ...open, url: 'https://kura.example/items/7/files/a.pdf' }]
    expect(written(writeRis, article, { files }).split('\r\n')).toEqual([
      'TY  - JOUR',
      'ID  - kura.example:7',
      'TI  - 潮位の変化',
      'AU  - 鈴木, 太郎',
      'AU  - 佐藤, 花子',
      'PY  - 2020',
      'DA  - 2020/03/18/',
      'T2  - 架空大学紀要',
      'VL  - 12',
      'IS  - 3',
      'SP  - 34',
      'EP  - 57',
      'DO  - 10.99999/kura.7',
      'UR  - https://kura.example/items/7',
      'L1  - https://kura.example/items/7/files/a.pdf',
      'LA  - ja',
      'DP  - 蔵リポジトリ',
      'ER  - ',
      '',
    ])
  })

  it('takes no line of a text for a tag', () => {
    const descriptions = [{ value: 'One.\nER  - \nTY  - BOOK', type: 'Abstract' as const }]
    expect(readRis(written(writeRis, { ...article, descriptions })).type).toBe('article-journal')
  })
})

describe('CSL-JSON', () => {
  it('has numbers of the journal and of the book where they are numbers', () => {
    const sourceIdentifiers = [
      { value: '12345679', type: 'PISSN' as const },
      { value: 'unknown', type: 'ISSN' as const },
      { value: '978-4-00-000000-0', type: 'ISBN' as const },
    ]
    expect(JSON.parse(written(writeCslJson, { ...article, sourceIdentifiers }))).toMatchObject([
      { ISSN: '1234-5679', ISBN: '978-4-00-000000-0' },
    ])
  })

  it('has the days of a conference', () => {
    const date = { value: '', startYear: 2021, startMonth: 9, startDay: 1, endYear: 2021, endMonth: 9 }
    const conferences = [{ names: [{ value: '架空潮位会議', lang: 'ja' }], date }]
    expect(JSON.parse(written(writeCslJson, { ...article, conferences }))).toMatchObject([
      {
        'event-title': '架空潮位会議',
        'event-date': {
          'date-parts': [
            [2021, 9, 1],
            [2021, 9],
          ],
        },
      },
    ])
  })

  it.each([
    ['2026-00', 2026],
    ['2026-02-31', 2026],
    ['2025/2026', 2025],
  ])('has of the date %s what the calendar has', (value, year) => {
    const [work] = JSON.parse(written(writeCslJson, { ...article, dates: [{ value, type: 'Issued' }] }))
    expect(work.issued['date-parts'][0][0]).toBe(year)
  })
})

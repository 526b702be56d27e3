import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Record } from '../records/model.ts'
import type { IncomingFiles } from './incoming.ts'
import { matchFiles } from './match-files.ts'

const bytes = { open: async () => Readable.from([]) }
const files = (inFolder: string[], elsewhere: string[] = []): IncomingFiles => ({
  folder: new Map(inFolder.map((name) => [name, bytes])),
  at: (path) => (elsewhere.includes(path) ? { name: path, file: bytes } : undefined),
})
const record = (...described: { uri?: string; label?: string }[]) =>
  Record.parse({ titles: [{ value: 'x' }], type: { term: 'dataset' }, files: described })
const match = (described: { uri?: string; label?: string }[], available: IncomingFiles, base?: string) => {
  const { stored, kept, links, warnings, errors } = matchFiles(record(...described), available, base)
  return {
    stored: stored.map(({ name, described }) => [name, described]),
    kept: kept.map(({ name, described }) => [name, described]),
    links: links.map(({ url, described }) => [url, described]),
    rules: [...warnings, ...errors].map(({ rule }) => rule),
  }
}
const nothing = { stored: [], kept: [], links: [], rules: [] }

describe('a file belongs to', () => {
  it('the entry whose address ends in its name, however that is encoded', () => {
    const uri = 'https://old.example/files/%E7%B4%80%E8%A6%81.pdf?download=1'
    expect(match([{ uri }], files(['紀要.pdf']))).toEqual({ ...nothing, stored: [['紀要.pdf', 0]] })
  })

  it('the entry whose label is its name', () => {
    expect(match([{ label: 'b.csv' }, { label: 'a.csv' }], files(['a.csv', 'b.csv'])).stored).toEqual([
      ['b.csv', 0],
      ['a.csv', 1],
    ])
  })

  it('the entry that names it by a relative address', () => {
    expect(match([{ uri: 'data/raw%20values.csv' }], files([], ['data/raw values.csv'])).stored).toEqual([
      ['data/raw values.csv', 0],
    ])
  })

  it('the entry in whose address the longest name is found, wherever it stands among the files', () => {
    const uri = 'https://old.example/2026/1/text.pdf'
    const names = ['text.pdf', '2/text.pdf', '1/text.pdf', 'old/2026/1/text.pdf']
    expect(match([{ uri }, { uri }], files(names)).stored.slice(0, 2)).toEqual([
      ['1/text.pdf', 0],
      ['text.pdf', 1],
    ])
  })

  it('one entry at most, and an entry has one file at most', () => {
    const twice = [{ uri: 'https://x.example/a.pdf' }, { uri: 'https://y.example/a.pdf' }]
    expect(match(twice, files(['a.pdf']))).toEqual({
      ...nothing,
      stored: [['a.pdf', 0]],
      links: [['https://y.example/a.pdf', 1]],
    })
  })

  it('not to an entry whose address merely ends in the same letters', () => {
    expect(match([{ uri: 'https://x.example/data.pdf' }], files(['a.pdf'])).links).toEqual([
      ['https://x.example/data.pdf', 0],
    ])
  })

  it('nothing that is mentioned: then it is added, with a warning', () => {
    expect(match([], files(['extra.txt']))).toEqual({
      ...nothing,
      stored: [['extra.txt', null]],
      rules: ['file.undescribed'],
    })
  })
})

describe('an entry without a file', () => {
  it('that has an absolute address is a link', () => {
    expect(match([{ uri: 'https://data.example/1' }], files([])).links).toEqual([['https://data.example/1', 0]])
  })

  it('that has an address of this item here means the file that is there', () => {
    const base = 'https://kura.example/items/7/files/'
    expect(match([{ uri: `${base}a%20b.pdf` }], files([]), base).kept).toEqual([['a b.pdf', 0]])
  })

  it('that names a relative address is an error', () => {
    expect(match([{ uri: 'gone.pdf' }], files([])).rules).toEqual(['file.missing'])
  })

  it('that has no address, or one that leads nowhere, is neither', () => {
    expect(match([{}, { uri: 'urn:isbn:1' }, { uri: 'javascript:alert(1)' }], files([]))).toEqual({
      ...nothing,
      rules: ['file.address', 'file.address'],
    })
  })
})

it.each(['../etc/passwd', 'a//b', './a', 'a\\b', 'a\u0000b', 'x\uffff', 'x'.repeat(1_001)])(
  'refuses the name %j',
  (name) => {
    expect(match([], files([name])).rules).toContain('file.name')
  },
)

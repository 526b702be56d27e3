import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTenants } from './read.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kura-tenants-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A right file, one setting a line: `id` on line 1, the first host on line 3. */
function tenant(id: string, { host = `${id}.example`, cell = 'kita', more = '' } = {}): string {
  return `id: ${id}
hosts:
  - ${host}
cell: ${cell}
initial:
  name: { ja: 学校 }
  languages: [ja]
  colour: '#123456'
  contact: desk@${id}.example
${more}`
}

function write(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
}

/** The message of a refusal, a line each, without the folder. */
function refusal(perCell = 16): string[] {
  try {
    readTenants(folder, perCell)
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replaceAll(`${folder}/`, ''))
  }
  throw new Error('nothing was refused')
}

test('institutions are read with their defaults, in the order of their files', () => {
  write({ 'b.yaml': tenant('b'), 'a.yaml': tenant('a'), 'README.md': 'not an institution' })
  expect(readTenants(folder, 16)).toMatchObject([
    { id: 'a', hosts: ['a.example'], state: 'open', timeZone: 'Asia/Tokyo', limits: { storage: 50, connections: 4 } },
    { id: 'b' },
  ])
})

test('an unknown key is named with its line and what is allowed there', () => {
  write({ 'a.yaml': tenant('a', { more: 'limits:\n  storage: 5\n  discs: 3\n' }) })
  expect(refusal()).toEqual(['a.yaml:12: limits.discs is not known; allowed here: connections, storage, upload'])
})

test('a wrong value is named with its line and what is allowed', () => {
  write({ 'a.yaml': tenant('a', { host: 'https://a.example/', more: 'state: shut\n' }) })
  expect(refusal()).toEqual([
    expect.stringMatching(/^a\.yaml:3: hosts\.0 must be a host name in small letters with at least two parts/),
    expect.stringMatching(/^a\.yaml:10: state .*"open"\|"readonly"\|"closed"$/),
  ])
})

test('a missing key is named with the line of what should hold it', () => {
  write({ 'a.yaml': tenant('a').replace('cell: kita\n', '').replace("  colour: '#123456'\n", '') })
  expect(refusal()).toEqual(['a.yaml:1: cell is missing', 'a.yaml:4: initial.colour is missing'])
})

test('text that is no YAML is named with its line', () => {
  write({ 'a.yaml': 'id: a\nhosts: [a.example\ncell: kita\n' })
  expect(refusal()[0]).toMatch(/^a\.yaml:\d: /)
})

test('a key that is written twice is refused', () => {
  write({ 'a.yaml': tenant('a', { more: 'cell: minami\n' }) })
  expect(refusal()).toEqual([expect.stringMatching(/^a\.yaml:10: .*unique/)])
})

test('a file must be named by its institution', () => {
  write({ 'a.yaml': tenant('b', { host: 'a.example' }) })
  expect(refusal()).toEqual(['a.yaml:1: id b must give the file its name; allowed: b.yaml'])
})

test('an id or a host that two institutions claim is named with both files and lines', () => {
  write({
    'a.yaml': tenant('a', { host: 'same.example' }),
    'b.yaml': tenant('b').replace('  - b.example\n', '  - b.example\n  - same.example\n'),
    'b.yml': tenant('b', { host: 'c.example' }),
  })
  expect(refusal()).toEqual([
    'b.yml:1: id b must give the file its name; allowed: b.yaml',
    'b.yaml:4: host same.example is taken by a.yaml:3; each belongs to one institution',
    'b.yml:1: id b is taken by b.yaml:1; each belongs to one institution',
  ])
})

test('a cell holds no more institutions than the stack allows', () => {
  write({ 'a.yaml': tenant('a'), 'b.yaml': tenant('b'), 'c.yaml': tenant('c', { cell: 'minami' }) })
  expect(refusal(1)).toEqual(['b.yaml:4: cell kita is full; allowed: 1 (kura:cells.institutions)'])
})

test('everything that is wrong is said at once', () => {
  write({ 'a.yaml': tenant('b'), 'c.yaml': tenant('c', { more: 'size: 3\n' }) })
  expect(refusal()).toHaveLength(2)
})

test('a folder that is not there is named, and so is one without institutions', () => {
  expect(() => readTenants(join(folder, 'none'), 16)).toThrow(/:tenants cannot be read: .*none/)
  expect(() => readTenants(folder, 16)).toThrow(/:tenants names a folder without institutions: /)
})

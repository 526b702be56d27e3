import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJpcoar } from '../../app/records/formats/jpcoar/index.ts'
import { validate } from './schema.ts'
import { describeWithReference } from './shared.ts'

const EXAMPLES = join(import.meta.dirname, '../../examples')
const names = globSync('*/*.xml', { cwd: EXAMPLES }).sort()
const example = (name: string) => readFileSync(join(EXAMPLES, name), 'utf8')

/** ISO 7064 mod 11-2, as ORCID uses it. */
const hasCheckDigit = (orcid: string) => {
  const sum = [...orcid.replaceAll('-', '')].reduce(
    (total, digit) => total * 2 + (digit === 'X' ? 10 : Number(digit)),
    0,
  )
  return sum % 11 === 1
}

/** Hosts of licences and of identifiers, whose values are fictional. */
const REAL_HOSTS = ['creativecommons.org', 'doi.org', 'orcid.org', 'purl.org', 'www.apache.org']

describeWithReference('the example records', () => {
  it('are valid JPCOAR 2.0', async () => {
    expect(
      await validate('jpcoar/2.0/jpcoar_scm.xsd', Object.fromEntries(names.map((name) => [name, example(name)]))),
    ).toEqual([])
  })
})

describe('the example records', () => {
  it('show three institutions', () => {
    expect([...new Set(names.map((name) => dirname(name)))]).toEqual(['aozora', 'hidamari', 'misaki'])
  })

  it.each(names)('come with the files that they name, and no others: %s', (name) => {
    const { record, errors, warnings } = readJpcoar(example(name))
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
    const named = (record?.files ?? []).flatMap(({ uri }) => (uri && !/^https:/.test(uri) ? [uri] : []))
    const folder = name.replace(/\.xml$/, '')
    const there = globSync(`${folder}/**`, { cwd: EXAMPLES }).filter((file) => statSync(join(EXAMPLES, file)).isFile())
    expect(there.map((file) => file.slice(dirname(name).length + 1)).sort()).toEqual(named.sort())
  })

  it.each(names)('speak of nobody and nothing that exists: %s', (name) => {
    const said = JSON.stringify(readJpcoar(example(name)).record)
    const hosts = [...said.matchAll(/https?:\/\/([^/"]+)/g)].map(([, host = '']) => host)
    expect(hosts.filter((host) => !host.endsWith('.example') && !REAL_HOSTS.includes(host))).toEqual([])
    const dois = [...said.matchAll(/10\.\d{4,}\//g)].map(([prefix]) => prefix)
    expect(dois.filter((prefix) => prefix !== '10.5555/')).toEqual([])
    const orcids = [...said.matchAll(/\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b/g)].map(([orcid]) => orcid)
    // ORCID gives out none that begin so.
    expect(orcids.filter((orcid) => !orcid.startsWith('0000-0000-') || !hasCheckDigit(orcid))).toEqual([])
  })

  it('stay small', () => {
    const files = globSync('*/**', { cwd: EXAMPLES }).map((file) => statSync(join(EXAMPLES, file)))
    const sizes = files.filter((file) => file.isFile()).map(({ size }) => size)
    expect(Math.max(...sizes)).toBeLessThan(200_000)
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(1_000_000)
  })
})
